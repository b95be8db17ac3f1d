//! Code hosts and repositories: what a host hands out about people who write code, what a history says of its authors,
//! and what a repository that somebody was sent would run.

mod checkout;
mod events;
mod git_log;
mod github;
mod github_person;
mod people;
mod remote;
mod repository;
#[cfg(test)]
mod tests;

pub(crate) use checkout::{is_repository, look_through};
pub(crate) use git_log::ADAPTER as GIT_LOG;
pub(crate) use github::ADAPTER as GITHUB;
pub(crate) use repository::ADAPTER as REPOSITORY;
