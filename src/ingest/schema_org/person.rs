//! A person, as a public page says of them.

use super::nodes::finish;
use crate::dossier::{ContactKind, Date, Dossier, Education, Employment, Language, Location, Organisation, Text};
use crate::ingest::fields::Fields;
use crate::ingest::profiles::{contact, link, name, names, photos, place, written};

/// What nobody may be judged by, other people, and what has no place in the record.
const ASIDE: [&str; 30] = [
    "gender",
    "birthDate",
    "birthPlace",
    "deathDate",
    "nationality",
    "height",
    "weight",
    "spouse",
    "children",
    "parent",
    "parents",
    "sibling",
    "siblings",
    "relatedTo",
    "knows",
    "colleague",
    "colleagues",
    "follows",
    "honorificPrefix",
    "honorificSuffix",
    "taxID",
    "vatID",
    "netWorth",
    "award",
    "awards",
    "memberOf",
    "affiliation",
    "interactionStatistic",
    "mainEntityOfPage",
    "identifier",
];

pub(super) fn person(mut fields: Fields<'_>) -> Dossier {
    let mut dossier = Dossier::default();
    let whole = name(&mut fields, "name", ["givenName", "familyName"]);
    dossier.subject.names = names(whole.into_iter().chain(fields.texts("alternateName")));
    let titles = fields.texts("jobTitle");
    dossier.subject.headline = (!titles.is_empty()).then(|| Text(titles.join(", ")));
    dossier.subject.about = fields.text("description").map(Text);
    dossier.subject.location = home(&mut fields);
    dossier.subject.languages = languages(&mut fields);
    dossier.subject.photos = photos(image(&mut fields));
    let mut pages = fields.texts("sameAs");
    pages.extend(fields.text("url").filter(|url| !pages.contains(url)));
    for page in pages {
        link(&mut dossier, Some(page));
    }
    for (key, kind) in [("email", ContactKind::Email), ("telephone", ContactKind::Phone)] {
        let values = fields.texts(key).into_iter();
        let plain = |value: String| value.strip_prefix("mailto:").map(str::to_owned).unwrap_or(value);
        dossier.contacts.extend(values.map(|value| contact(kind, plain(value))));
    }
    dossier.employment = memberships(&mut fields, "worksFor").into_iter().map(Membership::job).collect();
    dossier.education = memberships(&mut fields, "alumniOf").into_iter().map(Membership::study).collect();
    dossier.skills = [named(&mut fields, "knowsAbout"), named(&mut fields, "skills")].concat();
    finish(fields, &ASIDE);
    dossier
}

/// The names of a key's things; a text alone is its name.
fn named(fields: &mut Fields<'_>, key: &str) -> Vec<String> {
    let (things, mut names) = fields.objects_and_texts(key);
    names.extend(things.into_iter().filter_map(|mut thing| {
        let name = thing.text("name");
        finish(thing, &["alternateName", "url", "sameAs", "description"]);
        name
    }));
    names
}

fn languages(fields: &mut Fields<'_>) -> Vec<Language> {
    named(fields, "knowsLanguage").into_iter().map(|name| Language { name, level: None }).collect()
}

fn image(fields: &mut Fields<'_>) -> Option<String> {
    let (images, texts) = fields.objects_and_texts("image");
    let urls: Vec<String> = images
        .into_iter()
        .filter_map(|mut image| {
            let url = image.text_of(&["contentUrl", "url"]);
            finish(image, &["width", "height", "caption", "thumbnailUrl"]);
            url
        })
        .collect();
    texts.into_iter().chain(urls).next()
}

/// Where somebody says they live: of several places the first counts.
fn home(fields: &mut Fields<'_>) -> Option<Location> {
    let (places, texts) = fields.objects_and_texts("address");
    let places: Vec<Location> = places.into_iter().filter_map(address).collect();
    places.into_iter().next().or_else(|| written(texts.into_iter().next()))
}

/// A place in its parts. Where somebody lives to the house is nobody's business, and a postal code stands for a neighbourhood.
pub(super) fn address(mut fields: Fields<'_>) -> Option<Location> {
    let (city, region) = (fields.text("addressLocality"), fields.text("addressRegion"));
    let country = named(&mut fields, "addressCountry").into_iter().next();
    finish(fields, &["streetAddress", "postalCode", "postOfficeBoxNumber"]);
    place(city, region, country)
}

/// An organisation, and from when to when somebody belongs to it.
#[derive(Default)]
struct Membership {
    organisation: Organisation,
    title: Option<Text>,
    location: Option<String>,
    start: Option<Date>,
    end: Option<Date>,
    description: Option<Text>,
}

impl Membership {
    fn of(name: Option<String>) -> Self {
        Self { organisation: Organisation { name, ..Organisation::default() }, ..Self::default() }
    }

    /// An organisation with the role below it (`member`), as LinkedIn's pages have it.
    fn organisation(mut fields: Fields<'_>) -> Self {
        let mut own = Self::of(fields.text("name"));
        let url = fields.text("url");
        own.organisation.url = fields.texts("sameAs").into_iter().next().or(url);
        let (places, texts) = fields.objects_and_texts("location");
        own.location = texts.into_iter().next();
        places.into_iter().for_each(Fields::drop_whole);
        for mut role in fields.objects("member") {
            own.last(&mut role);
            finish(role, &[]);
        }
        finish(fields, &["logo", "image", "description", "address"]);
        own
    }

    /// A role with the organisation below it, under the key again under which the role stands: schema.org's own pattern.
    fn role(mut fields: Fields<'_>, key: &str) -> Self {
        let (organisation, name) = fields.object_or_text(key);
        let mut own = organisation.map_or_else(|| Self::of(name), Self::organisation);
        own.last(&mut fields);
        finish(fields, &[]);
        own
    }

    /// How long it lasts, and as what.
    fn last(&mut self, role: &mut Fields<'_>) {
        self.start = role.date("startDate");
        self.end = role.date("endDate");
        self.title = role.text_of(&["roleName", "namedPosition"]).map(Text);
        self.description = role.text("description").map(Text);
    }

    fn job(self) -> Employment {
        let Self { organisation: employer, title, location, start, end, description } = self;
        Employment { employer, title, start, end, location, description, ..Employment::default() }
    }

    fn study(self) -> Education {
        let Self { organisation: school, title, start, end, description, .. } = self;
        Education { school, start, end, description: description.or(title), ..Education::default() }
    }
}

fn memberships(fields: &mut Fields<'_>, key: &str) -> Vec<Membership> {
    let (things, texts) = fields.objects_and_texts(key);
    let things = things
        .into_iter()
        .map(|thing| if thing.has(key) { Membership::role(thing, key) } else { Membership::organisation(thing) });
    things.chain(texts.into_iter().map(|name| Membership::of(Some(name)))).collect()
}
