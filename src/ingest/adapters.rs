//! The table of formats. A new one is one row here, one file or folder beside this one, and one folder of samples.

use super::adapter::Adapter;
use super::{
    apify_harvestapi, candidate_table, job_adverts, json_resume, linkedin_archive, mail, native, proxycurl, sign_ins,
};

/// Every format that is read: one row each.
pub const ADAPTERS: &[Adapter] = &[
    native::ADAPTER,
    linkedin_archive::ADAPTER,
    candidate_table::ADAPTER,
    job_adverts::ADAPTER,
    json_resume::ADAPTER,
    proxycurl::ADAPTER,
    apify_harvestapi::ADAPTER,
    mail::ADAPTER,
    sign_ins::ADAPTER,
];
