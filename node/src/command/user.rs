//! `maillage user` and `maillage token`: accounts and their tokens.

use super::named::Named;
use super::password;
use crate::cli::{Token, User};
use crate::failure::Failure;
use crate::node::Node;
use crate::output::Output;
use maillage_app::caller::Caller;
use maillage_app::setup::AccountForm;
use serde_json::json;

/// Carries out `user …`.
pub async fn run(user: User, out: Output) -> Result<(), Failure> {
    match user {
        User::Add { data, email, name, administrator, .. } => {
            let password = password()?;
            let node = Node::open(&data.data)?;
            let form = AccountForm { email, display_name: name, password };
            let account = node.app.add_account(&Caller::Node, form, None, administrator).await?;
            node.app.close().await;
            let line = format!("Compte créé / account made: {}", account.email);
            out.say(&json!({ "id": account.uid, "email": account.email }), &[line])
        }
        User::List { data } => list(Node::open(&data.data)?, out).await,
        User::Password { data, email, .. } => {
            let password = password()?;
            let node = Node::open(&data.data)?;
            let set = node.app.set_password(&Caller::Node, &email, &password).await;
            set.map_err(|error| Named::Account(&email).or(error))?;
            node.app.close().await;
            let line =
                format!("Mot de passe changé, sessions fermées / password changed, sessions ended: {email}");
            out.say(&json!({ "email": email }), &[line])
        }
        User::ResetCodes { data, email } => {
            let node = Node::open(&data.data)?;
            let reset = node.app.reset_second_factor(&Caller::Node, &email).await;
            reset.map_err(|error| match error {
                maillage_app::AppError::NotFound => Failure::failed(
                    format!("Aucun compte {email} à qui un code est demandé."),
                    format!("No account {email} that is asked for a code."),
                ),
                error => error.into(),
            })?;
            node.app.close().await;
            let line =
                format!("Plus de code demandé, sessions fermées / no more codes, sessions ended: {email}");
            out.say(&json!({ "email": email }), &[line])
        }
        User::Disable { data, email, undo } => {
            let node = Node::open(&data.data)?;
            let folded = email.trim().to_lowercase();
            let reads = node.app.reads(Caller::Node.viewer());
            let accounts = reads.run(|reads| reads.accounts()).await?;
            let uid = accounts.into_iter().find(|view| view.account.email_folded == folded);
            let uid = uid.ok_or_else(|| Named::Account(&email).missing())?.account.uid;
            node.app.set_account_enabled(&Caller::Node, &uid, undo).await?;
            node.app.close().await;
            let line = if undo {
                format!("Compte rouvert / account enabled: {email}")
            } else {
                format!("Compte fermé / account disabled: {email}")
            };
            out.say(&json!({ "email": email, "enabled": undo }), &[line])
        }
    }
}

async fn list(node: Node, out: Output) -> Result<(), Failure> {
    let accounts = node.app.reads(Caller::Node.viewer()).run(|reads| reads.accounts()).await?;
    let value: Vec<_> = accounts
        .iter()
        .map(|view| {
            json!({
                "id": view.account.uid,
                "email": view.account.email,
                "name": view.account.display_name,
                "administrator": view.account.administrator,
                "enabled": view.account.disabled_at.is_none(),
                "organisation": view.organisation.name,
            })
        })
        .collect();
    let lines: Vec<String> = accounts
        .iter()
        .map(|view| {
            let mark = if view.account.administrator { "administrateur / administrator" } else { "" };
            let closed = if view.account.disabled_at.is_some() { "fermé / disabled" } else { "" };
            let cells = [view.account.email.as_str(), view.account.display_name.as_str(), mark, closed];
            cells.join("\t").trim_end().to_owned()
        })
        .collect();
    out.say(&json!(value), &lines)
}

/// Carries out `token …`.
pub async fn token(token: Token, out: Output) -> Result<(), Failure> {
    let Token::Create { data, user, label } = token;
    let node = Node::open(&data.data)?;
    let made = node.app.make_token(&Caller::Node, Some(&user), &label).await;
    let token = made.map_err(|error| Named::Account(&user).or(error))?.token;
    node.app.close().await;
    out.say(&json!({ "token": token, "user": user, "label": label }), std::slice::from_ref(&token))
}
