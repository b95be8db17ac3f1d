//! The table of formats. A new one is one row here, one file or folder beside this one, and one folder of samples.

use super::adapter::Adapter;
use super::{apify_harvestapi, job_adverts, json_resume, linkedin_archive, mail, native, proxycurl};

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
        name: "job-adverts",
        description: "a table of job adverts (CSV or TSV) with a header: title, description or requirements, and more",
        detect: job_adverts::detect,
        open: job_adverts::open,
    },
    Adapter {
        name: "json-resume",
        description: "résumés as JSON Resume: one object, an array, or one a line",
        detect: json_resume::detect,
        open: json_resume::open,
    },
    Adapter {
        name: "proxycurl",
        description: "profiles as Proxycurl and Enrich Layer hand them out: one object, an array, or one a line",
        detect: proxycurl::detect,
        open: proxycurl::open,
    },
    Adapter {
        name: "apify-harvestapi",
        description: "profiles as Apify's harvestapi hands them out: one object, an array, or one a line",
        detect: apify_harvestapi::detect,
        open: apify_harvestapi::open,
    },
    Adapter {
        name: mail::NAME,
        description: "mail: .eml, mbox, Maildir, and folders or zip archives of them; one dossier for each person who wrote",
        detect: mail::detect,
        open: mail::open,
    },
];
