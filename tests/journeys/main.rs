//! Journeys over HTTP: what the contract promises, told as sentences.

mod access;
mod bad_input;
mod cards;
mod desk;
mod edges;
mod fields;
mod front;
mod gates;
mod house;
mod journal;
mod limits;
mod mail;
mod money;
mod provisioning;
mod pump;
mod replay;
mod samples;
mod settle;
mod sign_in;
mod tokens;
mod wire;
