//! What a configuration says, and where it says so.

use crate::screening::RuleOff;
use std::collections::BTreeMap;
use std::ffi::OsString;

/// A configuration that was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// Options that hold unless something else does.
    pub(super) options: Vec<Setting>,
    /// Options that hold where the profile is chosen, by its name.
    pub(super) profiles: BTreeMap<String, Vec<Setting>>,
    /// Rules that are switched off.
    pub(super) switches: Vec<Switch>,
}

/// An option and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    /// The long name of the option.
    pub(super) key: String,
    /// What it is set to.
    pub(super) value: Value,
    /// The line that says so, from 1.
    pub(super) line: usize,
}

/// What an option is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A flag is given or not.
    Flag(bool),
    /// Words as they would be typed; several for an option that can be repeated.
    Words(Vec<OsString>),
}

/// A rule, wholly or for some detectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Switch {
    /// What is off.
    pub(super) off: RuleOff,
    /// The line of the rule's name, from 1.
    pub(super) line: usize,
    /// The column of the rule's name in characters, from 1.
    pub(super) column: usize,
}
