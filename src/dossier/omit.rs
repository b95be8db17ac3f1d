//! What need not be written: values that equal their default.

/// Whether a value is its type's default.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
