//! Databases of addresses, written as MaxMind's format (version 2.0) says.

#![allow(dead_code, unreachable_pub, clippy::allow_attributes, reason = "each test crate uses a part of this")]

/// A value of MaxMind's data section.
#[derive(Debug)]
pub enum Value<'v> {
    Text(&'v str),
    Number(u8, u64),
    Map(Vec<(&'v str, Value<'v>)>),
    List,
}

/// Kinds of numbers of the format.
const U16: u8 = 5;
pub const U32: u8 = 6;
const U64: u8 = 9;

fn put(value: &Value<'_>, to: &mut Vec<u8>) {
    match value {
        Value::Text(text) => {
            assert!(text.len() < 285, "short texts only");
            match u8::try_from(text.len()).ok().filter(|length| *length < 0x1d) {
                Some(length) => to.push(2 << 5 | length),
                None => to.extend([2 << 5 | 0x1d, u8::try_from(text.len() - 0x1d).expect("short")]),
            }
            to.extend(text.as_bytes());
        }
        Value::Number(kind, number) => {
            let bytes: Vec<u8> = number.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            let length = u8::try_from(bytes.len()).expect("at most eight");
            // Kinds from 8 on stand in a byte of their own.
            if *kind < 8 {
                to.push(kind << 5 | length);
            } else {
                to.extend([length, kind - 7]);
            }
            to.extend(bytes);
        }
        Value::Map(pairs) => {
            to.push(7 << 5 | u8::try_from(pairs.len()).expect("few"));
            for (key, value) in pairs {
                put(&Value::Text(key), to);
                put(value, to);
            }
        }
        Value::List => to.extend([0, 11 - 7]),
    }
}

/// A database that tells one thing of each of the given IPv4 networks of 24 bits.
pub fn database(kind: &str, networks: &[([u8; 3], Value<'_>)]) -> Vec<u8> {
    let mut data = Vec::new();
    // Each node has two records; 0 stands for nothing, n for the node n, and data begins beyond.
    let mut nodes: Vec<[usize; 2]> = vec![[0, 0]];
    let mut leaves = Vec::new();
    for (network, value) in networks {
        let bits: Vec<usize> = (0..24).map(|bit| usize::from(network[bit / 8] >> (7 - bit % 8) & 1)).collect();
        let mut node = 0;
        for bit in &bits[..23] {
            if nodes[node][*bit] == 0 {
                nodes.push([0, 0]);
                nodes[node][*bit] = nodes.len() - 1;
            }
            node = nodes[node][*bit];
        }
        leaves.push((node, bits[23], data.len()));
        put(value, &mut data);
    }
    let count = nodes.len();
    let mut records: Vec<[usize; 2]> =
        nodes.iter().map(|node| node.map(|next| if next == 0 { count } else { next })).collect();
    for (node, bit, at) in leaves {
        records[node][bit] = count + 16 + at;
    }
    let mut bytes: Vec<u8> = Vec::new();
    for record in records.iter().flatten() {
        bytes.extend(&u32::try_from(*record).expect("small").to_be_bytes()[1..]);
    }
    bytes.extend([0; 16]);
    bytes.extend(data);
    bytes.extend(b"\xab\xcd\xefMaxMind.com");
    let metadata = Value::Map(vec![
        ("binary_format_major_version", Value::Number(U16, 2)),
        ("binary_format_minor_version", Value::Number(U16, 0)),
        ("build_epoch", Value::Number(U64, 1_773_446_400)),
        ("database_type", Value::Text(kind)),
        ("description", Value::Map(Vec::new())),
        ("ip_version", Value::Number(U16, 4)),
        ("languages", Value::List),
        ("node_count", Value::Number(U32, count as u64)),
        ("record_size", Value::Number(U16, 24)),
    ]);
    put(&metadata, &mut bytes);
    bytes
}

/// A database of countries.
pub fn countries() -> Vec<u8> {
    let country = |code| Value::Map(vec![("country", Value::Map(vec![("iso_code", Value::Text(code))]))]);
    database("Sample-Country", &[([203, 0, 113], country("PT")), ([198, 51, 100], country("US"))])
}
