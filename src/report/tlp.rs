//! The Traffic Light Protocol 2.0 (FIRST, 2022), as OASIS defines its markings for STIX 2.1.

use serde_json::{Value, json};

/// The property extension that says what a marking is (OASIS, `cti-stix-common-objects`, TLP 2.0).
const EXTENSION: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// With whom something may be shared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tlp {
    /// With everybody.
    Clear,
    /// With the community.
    Green,
    /// With the organisation and its clients.
    Amber,
    /// With the organisation alone.
    AmberStrict,
    /// With nobody else. Whoever says nothing says this.
    #[default]
    Red,
}

impl Tlp {
    /// Every marking, from the widest to the narrowest.
    pub const ALL: [Self; 5] = [Self::Clear, Self::Green, Self::Amber, Self::AmberStrict, Self::Red];

    /// The word in arguments and in the extension.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::AmberStrict => "amber+strict",
            Self::Red => "red",
        }
    }

    /// The id that OASIS gave the marking.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Clear => "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
            Self::Green => "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
            Self::Amber => "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
            Self::AmberStrict => "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
            Self::Red => "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
        }
    }

    /// The marking as an object of a bundle, word for word as OASIS published it.
    pub(super) fn object(self) -> Value {
        json!({
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": self.id(),
            "created": "2022-10-01T00:00:00.000Z",
            "name": format!("TLP:{}", self.as_str().to_uppercase()),
            "extensions": { EXTENSION: { "extension_type": "property-extension", "tlp_2_0": self.as_str() } },
        })
    }
}
