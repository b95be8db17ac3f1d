//! Detection content, loaded and compiled: what a run screens with.

use crate::content::{Content, ContentFile, Diagnostic, digest, embedded};
use crate::rules::RuleSet;
use crate::screening::RuleOff;

/// Lexicons, lists, tables and rules, and the digest that names them.
#[derive(Debug)]
pub struct Detection {
    /// Lexicons, lists and tables.
    pub content: Content,
    /// The rules, compiled.
    pub rules: RuleSet,
    /// SHA-256 over all files, in hex. What of the rules is left out is not in it; `RuleSet::off` says that.
    pub digest: String,
}

impl Detection {
    /// Compiles the content of the given files, without the rules that are left out.
    ///
    /// # Errors
    /// Everything that is wrong with the files, each with its line and what to do.
    pub fn load(files: &[ContentFile], leave_out: &[RuleOff]) -> Result<Self, Vec<Diagnostic>> {
        let content = Content::load(files)?;
        let rules = RuleSet::compile(files, &content, leave_out)?;
        Ok(Self { content, rules, digest: digest(files) })
    }

    /// Compiles the content that the library carries.
    ///
    /// # Errors
    /// As [`Detection::load`]; the tests of this project keep it from happening.
    pub fn builtin() -> Result<Self, Vec<Diagnostic>> {
        Self::load(&embedded(), &[])
    }
}
