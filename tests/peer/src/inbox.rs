//! The inboxes: whatever comes is checked and written down, then answered.

use crate::peer::{State, held};
use crate::{Message, Received, Reply};
use serde_json::Value;

use crate::verify::verify;

/// Takes a request in, and says what to answer: what the test prescribed, else 401 to a signature
/// that does not hold or is of another scheme than demanded, 400 to what is no activity, 202.
pub async fn take(state: &State, message: Message) -> Reply {
    let activity: Value = serde_json::from_slice(&message.body).unwrap_or(Value::Null);
    let proof = match verify(state, &message).await {
        Ok(proof) if activity["actor"] == proof.actor.as_str() => Ok(proof),
        Ok(proof) => Err(format!("{} signed for {}", proof.actor, activity["actor"])),
        Err(error) => Err(format!("{error:#}")),
    };
    let demanded = *held(&state.demanded);
    let prescribed = held(&state.inbox_replies).pop_front();
    let reply = match (&prescribed, &proof) {
        (Some(reply), _) => reply.clone(),
        (None, Err(reason)) => Reply { body: reason.clone().into_bytes(), ..Reply::status(401) },
        (None, Ok(proof)) if demanded.is_some_and(|scheme| scheme != proof.scheme) => Reply::status(401),
        (None, Ok(_)) if !activity.is_object() => Reply::status(400),
        (None, Ok(_)) => Reply::status(202),
    };
    held(&state.received).push(Received { activity, proof, status: reply.status, message });
    reply
}
