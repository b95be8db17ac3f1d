//! Views of an evaluation: for a person on a terminal, for a machine, and one page for everybody else.

mod html;
mod json;
mod markup;
mod plot;
mod terminal;

pub use html::html;
pub use json::json;
pub use terminal::terminal;
