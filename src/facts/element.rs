//! Elements: what rules are evaluated on. Each is one part of a dossier with its fields,
//! and each value knows where it was read.
//!
//! All elements of a dossier share one table of facts, so that a dossier costs a handful of
//! allocations however many fields it has.

use super::catalogue::{Field, FieldSet};
use super::category::Category;
use crate::dossier::{Date, Dossier, Path, Place};
use std::borrow::Cow;
use std::ops::Range;

/// A value as rules compare it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'d> {
    /// A word or text.
    Text(Cow<'d, str>),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A date.
    Date(Date),
}

/// Where a value was read: in one place, or computed from several.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// The first place.
    pub place: Place,
    /// Further places that a derived value was computed from.
    pub more: Option<Box<[Place]>>,
    /// Whether the value was computed rather than read.
    pub derived: bool,
}

impl Origin {
    /// Read as it stands.
    pub fn read(place: Place) -> Self {
        Self { place, more: None, derived: false }
    }

    /// Computed from one place.
    pub fn derived(place: Place) -> Self {
        Self { place, more: None, derived: true }
    }

    /// Computed from several places; from the whole dossier if there is none.
    pub fn derived_from(places: impl IntoIterator<Item = Place>) -> Self {
        let mut places = places.into_iter();
        let place = places.next().unwrap_or(Place::whole(Path::ROOT));
        let more: Box<[Place]> = places.collect();
        Self { place, more: (!more.is_empty()).then_some(more), derived: true }
    }

    /// Every place.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        std::iter::once(self.place).chain(self.more.iter().flat_map(|more| more.iter().copied()))
    }
}

/// A value and where it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact<'d> {
    /// Which field it is a value of.
    pub field: Field,
    /// The value.
    pub value: Value<'d>,
    /// Where it was read.
    pub origin: Origin,
}

/// What is known of a field of an element.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Known<T> {
    /// Known, with its values; a list may have none.
    Present(T),
    /// Known to be missing.
    Absent,
    /// Not known.
    Unknown,
}

/// One part of a dossier, with its fields.
#[derive(Debug, Clone)]
pub struct Element {
    /// What kind of part.
    pub category: Category,
    /// Where it stands.
    pub path: Path,
    facts: Range<u32>,
    known: FieldSet,
}

/// All elements of a dossier. The first is the dossier itself.
#[derive(Debug)]
pub struct Elements<'d> {
    dossier: &'d Dossier,
    facts: Vec<Fact<'d>>,
    parts: Vec<Element>,
}

impl<'d> Elements<'d> {
    /// An empty table; [`ElementsBuilder`] fills it.
    pub fn builder(dossier: &'d Dossier) -> ElementsBuilder<'d> {
        ElementsBuilder {
            elements: Elements { dossier, facts: Vec::with_capacity(128), parts: Vec::with_capacity(32) },
            known: FieldSet::default(),
            start: 0,
        }
    }

    /// The dossier they were derived from.
    pub fn dossier(&self) -> &'d Dossier {
        self.dossier
    }

    /// Every element, by category and then in the order of the dossier.
    pub fn all(&self) -> &[Element] {
        &self.parts
    }

    /// The elements of a category.
    pub fn of(&self, category: Category) -> &[Element] {
        let start = self.parts.partition_point(|element| element.category < category);
        let end = self.parts.partition_point(|element| element.category <= category);
        &self.parts[start..end]
    }

    /// The dossier-wide element.
    pub fn root(&self) -> Option<&Element> {
        // It is the first of its category, and that category the first of all.
        self.parts.first().filter(|element| element.category == Category::Dossier)
    }

    /// What an element says of a field; dossier-wide fields are seen from every element.
    pub fn get(&self, element: &Element, field: Field) -> Known<&[Fact<'d>]> {
        let spec = field.spec();
        let holder = if spec.category == element.category {
            element
        } else if spec.category == Category::Dossier {
            match self.root() {
                Some(root) => root,
                None => return Known::Unknown,
            }
        } else {
            return Known::Unknown;
        };
        // Whatever has a fact is known.
        if !holder.known.contains(field) {
            return Known::Unknown;
        }
        let facts = self.facts_of(holder);
        let start = facts.partition_point(|fact| fact.field < field);
        let end = start + facts[start..].iter().take_while(|fact| fact.field == field).count();
        if start < end {
            Known::Present(&facts[start..end])
        } else if spec.list {
            Known::Present(&[])
        } else {
            Known::Absent
        }
    }

    /// Every fact that an element itself carries, by field.
    pub fn facts_of(&self, element: &Element) -> &[Fact<'d>] {
        &self.facts[element.facts.start as usize..element.facts.end as usize]
    }

    /// The table as it is, for adding elements of later categories.
    pub fn resume(self) -> ElementsBuilder<'d> {
        let start = self.facts.len();
        ElementsBuilder { elements: self, known: FieldSet::default(), start }
    }

    /// Whether there being no element of a category is known, rather than unknown.
    pub fn known_empty(&self, category: Category) -> bool {
        category.section().is_some_and(|section| self.dossier.coverage.present.contains(&section))
    }
}

/// Fills [`Elements`], one element after another, category by category in the order of [`Category`].
#[derive(Debug)]
pub struct ElementsBuilder<'d> {
    elements: Elements<'d>,
    known: FieldSet,
    start: usize,
}

impl<'d> ElementsBuilder<'d> {
    /// A value of the element that is being built.
    pub fn fact(&mut self, field: Field, value: Value<'d>, origin: Origin) {
        self.known.insert(field);
        self.elements.facts.push(Fact { field, value, origin });
    }

    /// A text, read as it stands at a path.
    pub fn text(&mut self, field: Field, value: impl Into<Cow<'d, str>>, path: Path) {
        self.fact(field, Value::Text(value.into()), Origin::read(Place::whole(path)));
    }

    /// A number with its origin.
    pub fn number(&mut self, field: Field, value: f64, origin: Origin) {
        self.fact(field, Value::Number(value), origin);
    }

    /// A flag with its origin.
    pub fn flag(&mut self, field: Field, value: bool, origin: Origin) {
        self.fact(field, Value::Flag(value), origin);
    }

    /// Says that the field was looked at: without a fact, a list is empty and anything else is absent.
    pub fn known(&mut self, field: Field) {
        self.known.insert(field);
    }

    /// Ends the element: everything said since the last call belongs to it.
    pub fn element(&mut self, category: Category, path: Path) {
        debug_assert!(
            self.elements.parts.last().is_none_or(|last| last.category <= category),
            "categories come in order"
        );
        // Stable, so that the values of a list keep the order of the text.
        self.elements.facts[self.start..].sort_by_key(|fact| fact.field);
        let facts = index(self.start)..index(self.elements.facts.len());
        self.start = self.elements.facts.len();
        self.elements.parts.push(Element { category, path, facts, known: std::mem::take(&mut self.known) });
    }

    /// The finished table.
    pub fn finish(self) -> Elements<'d> {
        self.elements
    }
}

/// A dossier of 4 billion facts exceeds every record limit.
fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn present_absent_and_unknown_are_told_apart() {
        let dossier = Dossier::new("d");
        let mut builder = Elements::builder(&dossier);
        builder.text(Field::SubjectRole, "recruiter", Path::plain("/role"));
        builder.known(Field::SubjectDeclares);
        builder.known(Field::SubjectHeadline);
        builder.element(Category::Dossier, Path::ROOT);
        builder.element(Category::Message, Path::at("/messages/*", 0));
        let elements = builder.finish();
        let message = &elements.of(Category::Message)[0];
        assert!(matches!(elements.get(message, Field::SubjectRole), Known::Present([_])));
        assert!(matches!(elements.get(message, Field::SubjectDeclares), Known::Present([])));
        assert!(matches!(elements.get(message, Field::SubjectHeadline), Known::Absent));
        assert!(matches!(elements.get(message, Field::SubjectAbout), Known::Unknown));
        assert!(matches!(elements.get(message, Field::MessageText), Known::Unknown));
        assert!(matches!(elements.get(message, Field::AccountPosts), Known::Unknown));
    }
}
