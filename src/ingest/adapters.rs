//! The table of formats. A new one is one row here, one file or folder beside this one, and one folder of samples.

use super::adapter::Adapter;
use super::{
    apify_apimaestro, apify_devfusion, apify_harvestapi, ats, bright_data, candidate_table, code, discord, europass,
    job_adverts, json_resume, linkedin_archive, mail, native, people_data_labs, proxycurl, resume, schema_org,
    sign_ins, slack, telegram, whatsapp,
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
    apify_devfusion::ADAPTER,
    apify_apimaestro::ADAPTER,
    people_data_labs::ADAPTER,
    bright_data::ADAPTER,
    europass::ADAPTER,
    schema_org::ADAPTER,
    mail::ADAPTER,
    ats::greenhouse::ADAPTER,
    ats::lever::ADAPTER,
    ats::ashby::ADAPTER,
    ats::smartrecruiters::ADAPTER,
    ats::workable::ADAPTER,
    ats::linkedin_rsc::ADAPTER,
    telegram::ADAPTER,
    whatsapp::ADAPTER,
    slack::ADAPTER,
    discord::ADAPTER,
    resume::ADAPTER,
    code::GITHUB,
    code::GIT_LOG,
    code::REPOSITORY,
    sign_ins::ADAPTER,
];
