//! A company's page, as an organisation of a dossier of nobody.

use super::number::numbered;
use crate::dossier::{Coverage, Dossier, Organisation, Section};
use crate::ingest::fields::Fields;
use crate::ingest::profiles;

/// People of the company, who are left out, and what has no place in the record.
const ASIDE: [&str; 35] = [
    "id",
    "employees",
    "alumni",
    "alumni_information",
    "followers",
    "about",
    "unformatted_about",
    "description",
    "description_html",
    "specialties",
    "company_size",
    "organization_type",
    "industries",
    "crunchbase_url",
    "headquarters",
    "image",
    "logo",
    "slogan",
    "similar",
    "updates",
    "affiliated",
    "funding",
    "investors",
    "locations",
    "formatted_locations",
    "country_codes_array",
    "stock_info",
    "get_directions_url",
    "additional_information",
    "url",
    "featured_employees",
    "products",
    "jobs",
    "posts",
    "key_info",
];

pub(super) fn company(mut fields: Fields<'_>) -> Dossier {
    let extra = numbered(fields.text_of(&["company_id", "id"]));
    // Several countries in one text are where it has offices.
    let country = profiles::place(None, None, fields.text("country_code")).and_then(|place| place.country);
    let organisation = Organisation {
        name: fields.text("name"),
        url: fields.text("website"),
        domain: fields.text("website_simplified"),
        country,
        founded: fields.date("founded"),
        employees: fields.count("employees_in_linkedin"),
        ..Organisation::default()
    };
    fields.drop_all(&ASIDE);
    fields.finish();
    let coverage = Coverage { present: vec![Section::Organisations], ..Coverage::default() };
    Dossier { organisations: vec![organisation], extra, coverage, ..Dossier::default() }
}
