//! Whether two postal addresses, or an address and a place, agree; an address by itself says nothing.

use super::context::Context;

/// Whether two postal addresses are the same; `None` where too little is written to say.
pub(crate) fn agree(_first: &str, _second: &str, _ctx: &Context<'_>) -> Option<bool> {
    None
}

/// Whether an address agrees with the claimed place or a declared address; `None` where neither is known.
pub(crate) fn agrees_with_claim(_address: &str, _ctx: &Context<'_>) -> Option<bool> {
    None
}
