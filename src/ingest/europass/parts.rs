//! What both editors write alike: long texts, and lists with a wrapper or without.

use crate::dossier::Text;
use crate::ingest::fields::Fields;
use crate::ingest::html;

/// A long text, which is HTML in both editors.
pub(super) fn prose(fields: &mut Fields<'_>, key: &str) -> Option<Text> {
    let raw = fields.text(key)?;
    Some(Text(html::read(&raw).text)).filter(|text| !text.is_empty())
}

/// What stands in a list of its own (`EducationList/Education`), or without one.
pub(super) fn listed<'n>(fields: &mut Fields<'n>, list: &str, item: &str) -> Vec<Fields<'n>> {
    let mut found = Vec::new();
    // An empty list is an empty text.
    if fields.is_text(list) {
        fields.drop(list);
    } else if let Some(mut inner) = fields.object(list) {
        found.extend(inner.objects(item));
        inner.finish();
    }
    if list != item && !fields.is_text(item) {
        found.extend(fields.objects(item));
    }
    found
}
