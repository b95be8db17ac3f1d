//! The table of formats. A new one is one row here, one file or folder beside this one, and one folder of samples.

use super::adapter::Adapter;
use super::{candidate_table, job_adverts, linkedin_archive, native};

/// Every format that is read: one row each.
pub const ADAPTERS: &[Adapter] = &[
    Adapter {
        name: "native",
        description: "falseface dossiers: JSON Lines, one JSON object, or an array (.gz and .zst too)",
        detect: native::detect,
        open: native::open,
    },
    Adapter {
        name: "linkedin-archive",
        description: "LinkedIn's \"Get a copy of your data\": the .zip, its folder, or messages.csv, Invitations.csv or Connections.csv",
        detect: linkedin_archive::detect,
        open: linkedin_archive::open,
    },
    Adapter {
        name: candidate_table::NAME,
        description: "a table of candidates (CSV, TSV or .xlsx) with a header: name, mail, profile, title, skills, and more",
        detect: candidate_table::detect,
        open: candidate_table::open,
    },
    Adapter {
        name: "job-adverts",
        description: "a table of job adverts (CSV or TSV) with a header: title, description or requirements, and more",
        detect: job_adverts::detect,
        open: job_adverts::open,
    },
];
