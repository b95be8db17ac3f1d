//! `falseface rules new`: the file of a new rule, to be filled in.

use super::exit::Exit;
use super::rules_args::RulesNewArgs;
use super::{load, output};
use crate::dossier::hex;
use crate::facts::{CATALOGUE, Category};
use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use std::io::Write;

/// Writes the file; an existing one is left alone.
///
/// # Errors
/// If the name or the category is none, the file exists, or it cannot be written.
pub(super) fn new(args: &RulesNewArgs) -> anyhow::Result<Exit> {
    let good = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if !good(&args.name) || args.name.len() < 10 {
        bail!(
            "{:?} is no rule name (use 10 or more lower-case letters, digits and hyphens, named for what is seen)",
            args.name
        );
    }
    if !good(&args.family) {
        bail!("{:?} is no family (use lower-case letters, as in the folders of detections/)", args.family);
    }
    let Some(category) = Category::by_name(&args.category) else {
        let names: Vec<&str> = Category::ALL.iter().map(|category| category.as_str()).collect();
        bail!("{:?} is no element (expected one of {})", args.category, names.join(", "));
    };
    let folder = args.into.join("detections").join(&args.family);
    let path = folder.join(format!("{}.yml", args.name));
    std::fs::create_dir_all(&folder).with_context(|| format!("could not make the folder {}", folder.display()))?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .with_context(|| format!("could not write {} (a rule that exists is left alone)", path.display()))?;
    file.write_all(template(args, category).as_bytes())?;
    output::note(&format!(
        "wrote {}: fill in what stands in capitals, then run `falseface rules check {}`",
        path.display(),
        args.into.display()
    ));
    Ok(Exit::Success)
}

fn template(args: &RulesNewArgs, category: Category) -> String {
    let day: String = load::clock().to_string().chars().take(10).collect();
    let fields: Vec<&str> = CATALOGUE.iter().filter(|spec| spec.category == category).map(|spec| spec.name).collect();
    format!(
        "title: WHAT IS SEEN, IN A LINE\n\
         id: {id}\n\
         name: {name}\n\
         status: experimental\n\
         description: >\n  WHAT IS SEEN, WHY IMPOSTORS DO IT, WHAT IT DOES NOT PROVE.\n\
         references:\n  - HTTPS://WHERE-IT-IS-DOCUMENTED\n\
         author: YOU\n\
         date: {day}\n\
         tags: []\n\
         logsource: {{ product: falseface, category: {category} }}\n\
         # Fields of this element: {fields}\n\
         detection:\n  seen:\n    FIELD: VALUE\n  condition: seen\n\
         falsepositives:\n  - WHAT ELSE IT COULD BE.\n\
         level: low\n\
         falseface:\n  detectors: {{ fake_recruiter: 2 }}\n  fairness: none\n  verify: THE NEXT STEP, THE SAME FOR EVERYBODY.\n  \
         examples:\n    match:\n      - why: WHAT IT SHOWS\n        dossier: {{ role: recruiter }}\n    \
         no_match:\n      - why: AN HONEST LOOK-ALIKE\n        dossier: {{ role: recruiter }}\n",
        id = uuid(&format!("{}/{}/{}", args.family, args.name, load::clock())),
        name = args.name,
        category = category.as_str(),
        fields = fields.join(", "),
    )
}

/// A UUID of version 8 (RFC 9562, section 5.8), from the name and the time.
fn uuid(seed: &str) -> String {
    let digest = Sha256::digest(seed.as_bytes());
    let hex = hex(&digest[..16]);
    let variant = ["8", "9", "a", "b"][usize::from(digest[8] & 3)];
    format!("{}-{}-8{}-{}{}-{}", &hex[..8], &hex[8..12], &hex[13..16], variant, &hex[17..20], &hex[20..32])
}
