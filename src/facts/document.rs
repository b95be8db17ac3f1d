//! What documents bear: names, addresses, programs, zones.

use super::addresses;
use super::catalogue::Field;
use super::category::Category;
use super::context::Context;
use super::element::{ElementsBuilder, Origin};
use super::files;
use super::texts::TextOf;
use crate::dossier::{Document, Path, Place, Zone};

/// A clock this many hours from the claimed place's is another one.
const ELSEWHERE_HOURS: f64 = 3.0;

/// Each document.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, document) in ctx.dossier.documents.iter().enumerate() {
        let at = |template| Path::at(template, index);
        builder.text(Field::DocumentKind, document.kind.as_str(), at("/documents/*/kind"));
        if let Some(text) = &document.text {
            builder.text(Field::DocumentText, text.0.as_str(), at("/documents/*/text"));
            let hits = ctx.texts.of(TextOf::Document(index));
            ctx.say_intents(builder, Field::DocumentIntent, at("/documents/*/text"), hits);
        }
        if let Some(extension) = document.name.as_deref().and_then(files::extension) {
            builder.text(Field::DocumentExtension, extension, at("/documents/*/name"));
        }
        if let Some(agrees) = document.name_on_document.as_deref().and_then(|name| ctx.names.agrees(name)) {
            let places = std::iter::once(at("/documents/*/name_on_document")).chain(ctx.names.paths());
            builder.flag(Field::DocumentNameAgrees, agrees, Origin::derived_from(places.map(Place::whole)));
        }
        let address = document.address_on_document.as_deref();
        if let Some(agrees) = address.and_then(|address| addresses::agrees_with_claim(address, ctx)) {
            let places = [at("/documents/*/address_on_document"), ctx.place.path()];
            builder.flag(Field::DocumentAddressAgrees, agrees, Origin::derived_from(places.map(Place::whole)));
        }
        metadata(ctx, builder, index, document);
        builder.element(Category::Document, at("/documents/*"));
    }
}

/// What the file says of its making.
fn metadata<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, document: &'d Document) {
    let at = |template| Path::at(template, index);
    let metadata = &document.metadata;
    if let Some(agrees) = metadata.author.as_deref().and_then(|author| ctx.names.agrees(author)) {
        let places = std::iter::once(at("/documents/*/metadata/author")).chain(ctx.names.paths());
        builder.flag(Field::DocumentAuthorAgrees, agrees, Origin::derived_from(places.map(Place::whole)));
    }
    let mut editor: Option<(bool, Path)> = None;
    for (program, template) in
        [(&metadata.creator, "/documents/*/metadata/creator"), (&metadata.producer, "/documents/*/metadata/producer")]
    {
        if let Some(program) = program {
            builder.text(Field::DocumentProducer, program.as_str(), at(template));
            if let Some(is_editor) = ctx.knowledge.documents.is_editor(program)
                && editor.is_none_or(|(found, _)| !found && is_editor)
            {
                editor = Some((is_editor, at(template)));
            }
        }
    }
    if let Some((is_editor, path)) = editor {
        builder.flag(Field::DocumentMadeByEditor, is_editor, Origin::derived(Place::whole(path)));
    }
    if let Some((hours, path)) = zone_distance(ctx, index, document) {
        let places = [path, ctx.place.path()].map(Place::whole);
        builder.flag(Field::DocumentZoneAgrees, hours < ELSEWHERE_HOURS, Origin::derived_from(places));
    }
}

/// Hours between the clock in a file's metadata and the claimed place's, and where the clock was read.
fn zone_distance(ctx: &Context<'_>, index: usize, document: &Document) -> Option<(f64, Path)> {
    let metadata = &document.metadata;
    let made =
        [(metadata.created, "/documents/*/metadata/created"), (metadata.modified, "/documents/*/metadata/modified")];
    if let Some(zone) = &metadata.time_zone {
        let at = metadata.created.or(metadata.modified).unwrap_or(ctx.reference);
        let hours = ctx.place.zone_distance_hours(zone, at)?;
        return Some((hours, Path::at("/documents/*/metadata/time_zone", index)));
    }
    made.into_iter().find_map(|(date, template)| match date?.time()?.zone {
        // Programs write UTC wherever they run.
        Zone::Unknown | Zone::Offset(0) => None,
        Zone::Offset(minutes) => Some((ctx.place.offset_distance_hours(minutes, date?)?, Path::at(template, index))),
    })
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::category::Category;
    use crate::facts::tests::{values, with_facts};
    use serde_json::{Value, json};

    #[expect(clippy::needless_pass_by_value, reason = "scenes are written in place")]
    fn document(document: Value, field: Field) -> Option<String> {
        let mut found = None;
        let subject = json!({"names": [{"value": "Jonas Weber"}], "location": {"text": "Toronto, ON"}});
        with_facts(json!({"subject": subject, "documents": [document]}), |elements| {
            found = values(elements, Category::Document, 0, field).map(|values| values.join(" "));
        });
        found
    }

    #[test]
    fn what_a_document_bears_is_held_against_what_was_said() {
        let bears = |name: &str, address: &str| json!({"kind": "identity", "name": "ID.PDF", "name_on_document": name, "address_on_document": address});
        let own = bears("WEBER, Jonas", "12 Sample Street, Toronto");
        assert_eq!(document(own.clone(), Field::DocumentNameAgrees).as_deref(), Some("true"));
        assert_eq!(document(own.clone(), Field::DocumentAddressAgrees).as_deref(), Some("true"));
        assert_eq!(document(own, Field::DocumentExtension).as_deref(), Some("pdf"));
        let other = bears("Viktor Sorin", "3 Rua Exemplo, Lisboa");
        assert_eq!(document(other.clone(), Field::DocumentNameAgrees).as_deref(), Some("false"));
        assert_eq!(document(other, Field::DocumentAddressAgrees).as_deref(), Some("false"));
        assert_eq!(document(json!({}), Field::DocumentNameAgrees), None);
    }

    #[test]
    fn programs_are_told_from_their_names() {
        let made = |producer: &str| json!({"metadata": {"producer": producer, "author": "Jonas Weber"}});
        let field = Field::DocumentMadeByEditor;
        assert_eq!(document(made("Imagine Pro 25.0 (Windows)"), field).as_deref(), Some("true"));
        assert_eq!(document(made("Imagine Professor"), field).as_deref(), Some("false"));
        assert_eq!(document(json!({}), field), None);
        assert_eq!(document(made("x"), Field::DocumentAuthorAgrees).as_deref(), Some("true"));
        assert_eq!(document(made("x"), Field::DocumentProducer).as_deref(), Some("x"));
    }

    #[test]
    fn a_clock_in_the_metadata_is_held_against_the_claimed_one() {
        let field = Field::DocumentZoneAgrees;
        let at = |created: &str| json!({"metadata": {"created": created}});
        assert_eq!(document(at("2026-01-10T09:00:00+09:00"), field).as_deref(), Some("false"));
        assert_eq!(document(at("2026-01-10T09:00:00-06:00"), field).as_deref(), Some("true"));
        assert_eq!(document(at("2026-01-10T09:00:00Z"), field), None);
        assert_eq!(document(json!({"metadata": {"time_zone": "Europe/Lisbon"}}), field).as_deref(), Some("false"));
    }
}
