//! Reading: from exports to dossiers. An adapter reads one export format; what it cannot read it rejects by name.
//!
//! The only reader of files. Judging is left to the floors above.
