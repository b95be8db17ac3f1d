//! Where inside a dossier a value stands: a JSON pointer kept as a template and its indices.
//!
//! Facts are read for every person, evidence is written for few: a path is two words and
//! three numbers until somebody needs the pointer as text.

use std::fmt;

/// A JSON pointer into a dossier: a template such as `/code/*/commits/*/at` and the index for each `*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    template: &'static str,
    index: [u32; 3],
}

impl Path {
    /// The whole dossier.
    pub const ROOT: Self = Self { template: "", index: [0; 3] };
    /// The time of the run, for facts that depend on it.
    pub const NOW: Self = Self { template: "/run/now", index: [0; 3] };

    /// A path without an index.
    pub const fn plain(template: &'static str) -> Self {
        Self { template, index: [0; 3] }
    }

    /// A path with one index.
    pub fn at(template: &'static str, first: usize) -> Self {
        Self { template, index: [narrow(first), 0, 0] }
    }

    /// A path with two indices.
    pub fn at2(template: &'static str, first: usize, second: usize) -> Self {
        Self { template, index: [narrow(first), narrow(second), 0] }
    }

    /// A path with three indices.
    pub fn at3(template: &'static str, first: usize, second: usize, third: usize) -> Self {
        Self { template, index: [narrow(first), narrow(second), narrow(third)] }
    }

    /// The template, with `*` for each index.
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// The nearest container: the path without its last part.
    #[must_use]
    pub fn parent(&self) -> Self {
        let cut = self.template.rfind('/').unwrap_or(0);
        Self { template: &self.template[..cut], index: self.index }
    }

    /// The entry of a list that it lies in, the outermost one; the path itself where it lies in none.
    #[must_use]
    pub fn element(&self) -> Self {
        match self.template.find('*') {
            Some(first) => Self { template: &self.template[..=first], index: [self.index[0], 0, 0] },
            None => *self,
        }
    }
}

/// Indices past `u32::MAX` cannot occur: a record of that many entries exceeds every record limit.
fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut indices = self.index.iter();
        for (position, part) in self.template.split('*').enumerate() {
            if position > 0 {
                write!(f, "{}", indices.next().copied().unwrap_or(0))?;
            }
            f.write_str(part)?;
        }
        Ok(())
    }
}

/// Which bytes of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// All of it.
    #[default]
    Whole,
    /// From the first to before the second byte of the raw UTF-8 string.
    Bytes(u32, u32),
}

impl Span {
    /// A span of bytes.
    pub fn bytes(start: usize, end: usize) -> Self {
        Self::Bytes(narrow(start), narrow(end))
    }
}

/// A value, or a part of it, inside a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The value.
    pub path: Path,
    /// The part of it.
    pub span: Span,
}

impl Place {
    /// A whole value.
    pub const fn whole(path: Path) -> Self {
        Self { path, span: Span::Whole }
    }

    /// A part of a string.
    pub fn part(path: Path, start: usize, end: usize) -> Self {
        Self { path, span: Span::bytes(start, end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_prints_as_a_json_pointer() {
        assert_eq!(Path::ROOT.to_string(), "");
        assert_eq!(Path::plain("/subject/headline").to_string(), "/subject/headline");
        assert_eq!(Path::at2("/code/*/commits/*/at", 3, 12).to_string(), "/code/3/commits/12/at");
        assert_eq!(Path::at2("/code/*/commits/*/at", 3, 12).parent().to_string(), "/code/3/commits/12");
        assert_eq!(Path::at2("/code/*/commits/*/at", 3, 12).element(), Path::at2("/code/*", 3, 0));
        assert_eq!(Path::plain("/subject/headline").element(), Path::plain("/subject/headline"));
    }
}
