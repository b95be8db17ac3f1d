//! Who the person presents themselves to be: headline, place, declarations, portraits, skills.
//!
//! Names on what surrounds them are for [`artefacts`](super::artefacts), accounts for [`history`](super::history),
//! people who vouch for them for [`references`](super::references).

use super::catalogue::Field;
use super::context::Context;
use super::element::{ElementsBuilder, Origin, Value};
use super::texts::TextOf;
use super::{artefacts, history, references};
use crate::dossier::{Path, Place, RecommendationDirection, Role, Section};

/// What the person says of themselves.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let dossier = ctx.dossier;
    if dossier.role != Role::Unknown {
        builder.text(Field::SubjectRole, dossier.role.as_str(), Path::plain("/role"));
    }
    claims(ctx, builder);
    for (index, declaration) in dossier.declarations.iter().enumerate() {
        builder.text(Field::SubjectDeclares, declaration.kind.as_str(), Path::at("/declarations/*/kind", index));
    }
    if ctx.covers(Section::Declarations) {
        builder.known(Field::SubjectDeclares);
    }
    if let Some(known) = ctx.place.is_known() {
        builder.flag(Field::SubjectHasLocation, known, Origin::derived(Place::whole(ctx.place.path())));
    }
    views(ctx, builder);
    photos(ctx, builder);
    if !dossier.skills.is_empty() || ctx.covers(Section::Skills) {
        let origin = Origin::derived(Place::whole(Path::plain("/skills")));
        builder.number(Field::SubjectSkillCount, dossier.skills.len() as f64, origin);
    }
    if !dossier.recommendations.is_empty() || ctx.covers(Section::Recommendations) {
        let all = dossier.recommendations.iter();
        let received = all.filter(|entry| entry.direction == RecommendationDirection::Received).count();
        let origin = Origin::derived(Place::whole(Path::plain("/recommendations")));
        builder.number(Field::SubjectRecommendationsReceived, received as f64, origin);
    }
    artefacts::dossier(ctx, builder);
    history::dossier(ctx, builder);
    references::dossier(ctx, builder);
}

/// Each account.
pub(crate) fn accounts<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    history::accounts(ctx, builder);
}

/// Headline and self-description, and what they and the job titles say.
fn claims<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let subject = &ctx.dossier.subject;
    let texts = [
        (&subject.headline, Field::SubjectHeadline, TextOf::Headline, Path::plain("/subject/headline")),
        (&subject.about, Field::SubjectAbout, TextOf::About, Path::plain("/subject/about")),
    ];
    for (text, field, slot, path) in texts {
        if let Some(text) = text {
            builder.text(field, text.0.as_str(), path);
            ctx.say_intents(builder, Field::SubjectIntent, path, ctx.texts.of(slot));
        }
    }
    for index in (0..ctx.dossier.employment.len()).filter(|index| ctx.dossier.employment[*index].title.is_some()) {
        let path = Path::at("/employment/*/title", index);
        ctx.say_intents(builder, Field::SubjectIntent, path, ctx.texts.of(TextOf::EmploymentTitle(index)));
    }
}

/// Further sources against the profile; unknown while none can be compared.
fn views<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let subject = &ctx.dossier.subject;
    if subject.views.is_empty() {
        return;
    }
    for (agrees, path) in ctx.places_of_views() {
        builder.known(Field::SubjectViewsDisagree);
        if !agrees {
            let places = [path, ctx.place.path()].map(Place::whole);
            builder.fact(Field::SubjectViewsDisagree, Value::Text("location".into()), Origin::derived_from(places));
        }
    }
    for (index, view) in subject.views.iter().enumerate() {
        if let (Some(own), Some(other)) = (&subject.headline, &view.headline)
            && let Some(differ) = ctx.knowledge.vocation.titles_differ(own, other)
        {
            builder.known(Field::SubjectViewsDisagree);
            if differ {
                let places = [Path::plain("/subject/headline"), Path::at("/subject/views/*/headline", index)];
                let origin = Origin::derived_from(places.map(Place::whole));
                builder.fact(Field::SubjectViewsDisagree, Value::Text("headline".into()), origin);
            }
        }
    }
}

/// Where a reverse search found the portraits; unknown while nobody searched.
fn photos<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let mut other_name: Option<(bool, Path)> = None;
    let mut stock: Option<(bool, Path)> = None;
    for (index, photo) in ctx.dossier.subject.photos.iter().enumerate() {
        for (nth, sighting) in photo.found.iter().enumerate() {
            if let Some(agrees) = sighting.name.as_deref().and_then(|name| ctx.names.agrees(name))
                && other_name.is_none_or(|(found, _)| !found && !agrees)
            {
                other_name = Some((!agrees, Path::at2("/subject/photos/*/found/*/name", index, nth)));
            }
        }
        if let Some(hit) = photo.stock_hit
            && stock.is_none_or(|(found, _)| !found && hit)
        {
            stock = Some((hit, Path::at("/subject/photos/*/stock_hit", index)));
        }
    }
    generators(ctx, builder);
    if let Some((found, path)) = other_name {
        let places = std::iter::once(path).chain(ctx.names.paths()).map(Place::whole);
        builder.flag(Field::SubjectPhotoFoundUnderOtherName, found, Origin::derived_from(places));
    }
    if let Some((hit, path)) = stock {
        builder.flag(Field::SubjectPhotoStock, hit, Origin::read(Place::whole(path)));
    }
}

/// Programs that make or swap faces, where the file of a portrait names one.
fn generators<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, photo) in ctx.dossier.subject.photos.iter().enumerate() {
        for (name, template) in [(&photo.file, "/subject/photos/*/file"), (&photo.url, "/subject/photos/*/url")] {
            let Some(found) = name.as_deref().and_then(|name| ctx.knowledge.documents.generators_in(name)) else {
                continue;
            };
            builder.known(Field::SubjectPhotoGenerator);
            for generator in found {
                let place = Place::whole(Path::at(template, index));
                builder.fact(Field::SubjectPhotoGenerator, Value::Text(generator.into()), Origin::derived(place));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::tests::subject;
    use serde_json::json;

    #[test]
    fn what_the_person_says_is_read_and_what_is_missing_is_unknown() {
        let dossier = json!({
            "role": "candidate",
            "subject": {"headline": "Recruiter", "location": {"text": "Toronto"}},
            "declarations": [{"kind": "travel"}, {"kind": "alias", "value": "Jo"}],
        });
        assert_eq!(subject(dossier.clone(), Field::SubjectRole).as_deref(), Some("candidate"));
        assert_eq!(subject(dossier.clone(), Field::SubjectIntent).as_deref(), Some("recruiter-role"));
        assert_eq!(subject(dossier.clone(), Field::SubjectDeclares).as_deref(), Some("travel alias"));
        assert_eq!(subject(dossier, Field::SubjectHasLocation).as_deref(), Some("true"));
        for field in [
            Field::SubjectRole,
            Field::SubjectIntent,
            Field::SubjectDeclares,
            Field::SubjectHasLocation,
            Field::SubjectSkillCount,
            Field::SubjectPhotoStock,
            Field::SubjectNameArtifactsDisagree,
            Field::SubjectRecommendationsReceived,
            Field::SubjectReferencesFreeMail,
        ] {
            assert_eq!(subject(json!({}), field), None, "{}", field.name());
        }
        let covered = json!({"coverage": {"present": ["skills", "declarations", "recommendations", "references"]}});
        assert_eq!(subject(covered.clone(), Field::SubjectSkillCount).as_deref(), Some("0"));
        assert_eq!(subject(covered.clone(), Field::SubjectDeclares).as_deref(), Some(""));
        assert_eq!(subject(covered, Field::SubjectReferencesShareContact).as_deref(), Some("0"));
    }

    #[test]
    fn further_sources_contradict_only_what_can_be_compared() {
        let at = |place: &str, headline: &str| {
            json!({"subject": {
                "headline": "Developer",
                "location": {"text": "Toronto, ON"},
                "views": [{"source": "cv", "headline": headline, "location": {"text": place}}],
            }})
        };
        let field = Field::SubjectViewsDisagree;
        assert_eq!(subject(at("Lisboa", "Director"), field).as_deref(), Some("location headline"));
        assert_eq!(subject(at("Canada", "Software Engineer"), field).as_deref(), Some(""));
        assert_eq!(subject(at("Remote", "Dreamer"), field), None);
        assert_eq!(subject(at("Lisboa", "Dreamer"), Field::SubjectSourcesDisagree).as_deref(), Some("1"));
    }

    #[test]
    fn a_portrait_beside_another_name_is_told_from_one_beside_the_same() {
        let at = |name: &str| {
            json!({"subject": {"names": [{"value": "Ana Example"}],
                "photos": [{"stock_hit": false, "found": [{"name": name}]}]}})
        };
        let field = Field::SubjectPhotoFoundUnderOtherName;
        assert_eq!(subject(at("Petra Novak"), field).as_deref(), Some("true"));
        assert_eq!(subject(at("Example, Ana"), field).as_deref(), Some("false"));
        assert_eq!(subject(at("Petra"), field), None);
        assert_eq!(subject(at("Petra"), Field::SubjectPhotoStock).as_deref(), Some("false"));
    }

    #[test]
    fn a_generator_is_read_from_the_file_of_a_portrait_alone() {
        let at = |file: &str| json!({"subject": {"photos": [{"file": file}]}});
        let field = Field::SubjectPhotoGenerator;
        assert_eq!(subject(at("unswapwells.png"), field).as_deref(), Some(""));
        assert_eq!(subject(at("photos/SwapWell-result.png"), field).as_deref(), Some("swapwell"));
        assert_eq!(subject(json!({"subject": {"photos": [{"stock_hit": false}]}}), field), None);
    }
}
