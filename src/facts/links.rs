//! What kind of thing a link leads to.
