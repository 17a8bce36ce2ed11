//! Lists by date: months, what is under way, what is cancelled, what is over.

use super::scene::{Made, Scene, ask, get};
use actix_web::test::TestRequest;
use chrono::{Datelike, Duration, Utc};
use maillage_domain::site::ListFilter;
use maillage_gateways::feed::parse;
use serde_json::{Value, json};

/// An event that begins in so many days and lasts so many hours.
fn event(title: &str, days: i64, hours: i64, more: Value) -> Value {
    let begin = Utc::now() + Duration::days(days);
    let local = |at: chrono::DateTime<Utc>| {
        at.with_timezone(&chrono_tz::Europe::Paris).format("%Y-%m-%dT%H:%M").to_string()
    };
    let mut fields = json!({
        "titre": title, "debut": local(begin), "fin": local(begin + Duration::hours(hours)),
        "lieu": ["commune:58194"], "description": "<p>Entrée libre.</p>", "thematiques": ["emploi"],
    });
    if let (Some(fields), Value::Object(more)) = (fields.as_object_mut(), more) {
        fields.extend(more);
    }
    fields
}

async fn furnished() -> (Scene, Made, Made) {
    let scene = Scene::new().await;
    scene.place("nievre", "agenda", ListFilter::default(), None).await;
    let over = scene.published("agenda", event("Forum passé", -40, 3, json!({}))).await;
    scene.published("agenda", event("Salon en cours", -1, 72, json!({}))).await;
    scene.published("agenda", event("Atelier de demain", 1, 2, json!({}))).await;
    let cancelled =
        scene.published("agenda", event("Visite annulée", 70, 2, json!({ "statut": "annule" }))).await;
    (scene, over, cancelled)
}

#[actix_web::test]
async fn what_is_ahead_stands_by_month_and_what_is_over_is_left_out() {
    let (scene, over, _) = furnished().await;
    for list in ["/services/agenda", "/sites/nievre/agenda"] {
        let page = scene.node.stranger().open(list).await;
        let order: Vec<usize> = ["En cours", "Salon en cours", "Atelier de demain", "Visite annulée"]
            .iter()
            .map(|text| page.html.find(text).unwrap_or_else(|| panic!("no {text}: {}", page.html)))
            .collect();
        assert!(order.is_sorted(), "{order:?}");
        let far = Utc::now() + Duration::days(70);
        let month = maillage_domain::french::date(far.date_naive(), maillage_domain::message::Locale::Fr);
        let month = month.rsplit(' ').nth(1).expect("a month").to_owned();
        let heading = format!("{} {}</h2>", month[1..].to_owned(), far.year());
        assert!(page.html.contains(&heading), "no {heading}: {}", page.html);
        assert!(!page.says("Forum passé") && page.says("3 fiches"), "{}", page.html);
    }
    // Its page stays, and says so.
    let page = scene.node.stranger().open(&over.page).await;
    assert!(page.status == 200 && page.says("Terminé"), "{}", page.html);
}

#[actix_web::test]
async fn what_is_cancelled_is_struck_and_said() {
    let (scene, _, cancelled) = furnished().await;
    let list = get(&scene.node, "/sites/nievre/agenda").await.body;
    assert_eq!(list.matches("card-off").count(), 1, "{list}");
    let page = scene.node.stranger().open(&format!("/sites/nievre{}", cancelled.page)).await;
    assert!(page.html.contains("item-off") && page.says("Annulé"), "{}", page.html);
    assert!(page.html.contains("https://schema.org/EventCancelled"), "{}", page.html);
    assert!(page.html.contains("\"addressLocality\":\"Nevers (Nièvre)\""), "{}", page.html);
}

#[actix_web::test]
async fn the_feed_of_an_agenda_tells_what_is_new_and_not_over() {
    let (scene, ..) = furnished().await;
    let answer = ask(&scene.node, TestRequest::get().uri("/services/agenda.rss")).await;
    let feed = parse(answer.body.as_bytes(), None, Some(answer.header("content-type"))).expect("a feed");
    let titles: Vec<&str> = feed.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Visite annulée", "Atelier de demain", "Salon en cours"]);
}

#[actix_web::test]
async fn of_several_times_a_list_says_the_next_one() {
    let scene = Scene::new().await;
    scene.place("nievre", "agenda", ListFilter::default(), None).await;
    let local = |days: i64, hour: &str| {
        let day = (Utc::now() + Duration::days(days)).with_timezone(&chrono_tz::Europe::Paris).date_naive();
        (day, format!("{day}T{hour}"))
    };
    let (next, starts) = local(5, "09:00");
    let (last, later) = local(12, "14:00");
    let others = json!([format!("{starts}/{next}T12:00"), later]);
    let made = scene.published("agenda", event("Ateliers", -2, 2, json!({ "autres_dates": others }))).await;
    let words = |day| maillage_domain::french::date(day, maillage_domain::message::Locale::Fr);
    for list in ["/services/agenda", "/sites/nievre/agenda"] {
        let page = scene.node.stranger().open(list).await;
        let said = format!("{}, 9\u{a0}h\u{a0}–\u{a0}12\u{a0}h (et 2 autres dates)", words(next));
        assert!(page.html.contains(&said) && !page.says("Terminé"), "no {said}: {}", page.html);
    }
    // Its page says each of them, and no span over all.
    let page = scene.node.stranger().open(&made.page).await;
    assert!(page.html.contains(&words(next)) && page.html.contains(&words(last)), "{}", page.html);
    assert!(
        !page.html.contains(" au ") || !page.html.contains(&format!("au {}", words(last))),
        "{}",
        page.html
    );
}
