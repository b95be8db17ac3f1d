//! Writes a load of invented dossiers as JSON Lines, as benchmarks use them:
//! `cargo run --release --example make_load -- 100000 > load.jsonl`. The same number gives the same bytes.

mod load;

use load::{Dice, dossier};
use std::error::Error;
use std::io::{BufWriter, Write, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = match std::env::args().nth(1) {
        Some(count) => count.parse().map_err(|error| format!("{count:?} is no number of dossiers: {error}"))?,
        None => return Err("say how many dossiers: make_load 100000".into()),
    };
    let mut out = BufWriter::new(stdout().lock());
    let mut dice = Dice::default();
    for number in 0..count {
        serde_json::to_writer(&mut out, &dossier(number, &mut dice))?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
