//! Calendars, and agendas by month and week, as programs and readers take them.

use super::scene::{Answer, Made, Scene, ask, get, news};
use crate::tests::node::MANAGER;
use actix_web::test::TestRequest;
use chrono::{Datelike, Duration, NaiveDate, Utc};
use maillage_app::caller::Caller;
use maillage_app::site::PlacementForm;
use maillage_domain::service::Visibility;
use maillage_domain::site::ListFilter;
use maillage_domain::workflow::Transition;
use serde_json::{Value, json};

/// A day of next month, which every test can name.
fn day(number: u32) -> NaiveDate {
    let first = Utc::now().date_naive().with_day(1).expect("a first day") + Duration::days(32);
    first.with_day(number).expect("a day")
}

fn event(title: &str, start: &str, end: &str, more: Value) -> Value {
    let mut fields = json!({
        "titre": title, "debut": start, "fin": end, "lieu": ["commune:58194"],
        "adresse": "12 rue du Rempart", "description": "<p>Entrée libre.</p>", "thematiques": ["emploi"],
    });
    if let (Some(fields), Value::Object(more)) = (fields.as_object_mut(), more) {
        fields.extend(more);
    }
    fields
}

/// The agenda on the site: an evening, three days, several months, and something with two further times.
async fn furnished() -> (Scene, Vec<Made>) {
    let scene = Scene::new().await;
    scene.place("nievre", "agenda", ListFilter::default(), None).await;
    let at = |number: u32, hour: &str| format!("{}T{hour}", day(number));
    let further =
        json!({ "autres_dates": [format!("{}/{}", at(12, "14:00"), at(12, "16:00")), at(26, "09:00")] });
    let mut made = Vec::new();
    for fields in [
        event("Réunion du soir", &at(3, "18:30"), &at(3, "20:00"), json!({})),
        event("Salon de trois jours", &at(5, "09:00"), &at(7, "18:00"), json!({})),
        event("Long stage", &at(2, "09:00"), &format!("{}T17:00", day(2) + Duration::days(90)), json!({})),
        event("Atelier répété", &at(5, "14:00"), &at(5, "16:00"), further),
        event("Visite annulée", &at(20, "10:00"), &at(20, "11:00"), json!({ "statut": "annule" })),
    ] {
        made.push(scene.published("agenda", fields).await);
    }
    (scene, made)
}

/// The lines of a calendar, unfolded.
fn lines(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    answer.body.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn values(lines: &[String], name: &str) -> Vec<String> {
    lines.iter().filter_map(|line| line.strip_prefix(&format!("{name}:"))).map(str::to_owned).collect()
}

/// What stands in the cell or section of a day.
fn of_day(html: &str, number: u32) -> String {
    let from = format!("datetime=\"{}\"", day(number));
    let rest = html.split(&from).nth(1).unwrap_or_else(|| panic!("no {from}: {html}"));
    rest.split("<time datetime").next().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn every_list_with_dates_is_a_calendar_with_permanent_identities() {
    let (scene, made) = furnished().await;
    scene.published("actualites", news("Sans date", json!({}))).await;
    for list in ["/services/agenda", "/sites/nievre/agenda", "/sites/nievre/recherche"] {
        let told = lines(&get(&scene.node, &format!("{list}.ics")).await);
        let names = values(&told, "SUMMARY");
        assert_eq!(names.len(), 7, "{list}: {names:?}");
        assert!(!names.contains(&"Sans date".to_owned()));
        let mut uids = values(&told, "UID");
        assert!(made.iter().all(|made| uids.contains(&made.uri)), "{uids:?}");
        uids.sort();
        uids.dedup();
        assert_eq!(uids.len(), 7, "two events of one identity");
        assert_eq!(values(&told, "STATUS").iter().filter(|status| *status == "CANCELLED").count(), 1);
        assert!(values(&told, "LOCATION").contains(&r"12 rue du Rempart\, Nevers (Nièvre)".to_owned()));
        // The page names the very calendar.
        let page = get(&scene.node, list).await.body;
        assert!(page.contains(&format!("href=\"{list}.ics\"")), "{page}");
        assert!(page.contains(&format!("href=\"webcal://mef58.example{list}.ics\"")), "{page}");
        assert!(page.contains("type=\"text/calendar\""), "{page}");
    }
    let news = get(&scene.node, "/services/actualites").await.body;
    assert!(!news.contains(".ics"), "{news}");
    // A narrowed list is a narrowed calendar.
    let none = lines(&get(&scene.node, "/sites/nievre/agenda.ics?place=departement:21").await);
    assert!(values(&none, "SUMMARY").is_empty());
}

#[actix_web::test]
async fn a_corrected_event_is_the_same_one_told_again() {
    let (scene, made) = furnished().await;
    let path = format!("/fiches/{}.ics", made[0].item);
    let before = lines(&get(&scene.node, &path).await);
    assert_eq!(
        (values(&before, "UID"), values(&before, "SEQUENCE")),
        (vec![made[0].uri.clone()], vec!["0".into()])
    );
    let page = get(&scene.node, &made[0].page).await.body;
    assert!(page.contains(&format!("href=\"{path}\"")), "{page}");
    let author = scene.node.caller(crate::tests::node::AUTHOR).await;
    let at = |hour: &str| format!("{}T{hour}", day(4));
    let fields = serde_json::from_value(event("Réunion déplacée", &at("18:30"), &at("20:00"), json!({})));
    let form = maillage_app::entry::ItemForm { fields: fields.expect("fields"), ..Default::default() };
    scene.node.app.save_item(&author, &made[0].entry, form, None).await.expect("edited");
    scene.node.app.transition(&author, &made[0].entry, Transition::Submit, "").await.expect("submitted");
    scene.decide(&made[0], Transition::Publish).await;
    let after = lines(&get(&scene.node, &path).await);
    assert_eq!(
        (values(&after, "UID"), values(&after, "SEQUENCE")),
        (vec![made[0].uri.clone()], vec!["1".into()])
    );
    assert_eq!(values(&after, "SUMMARY"), ["Réunion déplacée"]);
    // What was withdrawn is in no calendar.
    scene.decide(&made[0], Transition::Withdraw).await;
    assert_eq!(get(&scene.node, &path).await.status, 404);
    assert!(!get(&scene.node, "/services/agenda.ics").await.body.contains("Réunion"));
}

#[actix_web::test]
async fn a_rule_is_told_as_one() {
    let scene = Scene::new().await;
    scene.typed_service("structures", "structures").await;
    scene.typed_service("desk-slots", "permanences").await;
    let house =
        json!({ "nom": "Mission locale", "description": "<p>Accueil.</p>", "thematiques": ["emploi"] });
    let house = scene.published("structures", house).await;
    let monday = day(1) + Duration::days(i64::from((7 - day(1).weekday().num_days_from_monday()) % 7));
    let fields = json!({
        "structure": { "uri": house.uri, "name": "Mission locale" },
        "debut": format!("{monday}T09:00"), "fin": format!("{monday}T12:00"),
        "recurrence": "FREQ=WEEKLY;BYDAY=MO;COUNT=4",
        "exceptions": [(monday + Duration::days(7)).to_string()],
    });
    let made = scene.published("permanences", fields).await;
    let told = lines(&get(&scene.node, &format!("/fiches/{}.ics", made.item)).await);
    let rule = values(&told, "RRULE").pop().unwrap_or_else(|| panic!("no rule: {told:#?}"));
    assert!(rule.starts_with("FREQ=WEEKLY;BYDAY=MO;UNTIL="), "{rule}");
    let left_out =
        format!("EXDATE;TZID=Europe/Paris:{}T090000", (monday + Duration::days(7)).format("%Y%m%d"));
    assert!(told.contains(&left_out), "no {left_out}: {told:#?}");
    assert!(told.contains(&"BEGIN:VTIMEZONE".to_owned()) && values(&told, "SUMMARY").len() == 1, "{told:#?}");
    // In the month it stands at each of its times, and not on the day on which it does not hold.
    let month =
        get(&scene.node, &format!("/services/permanences?view=month&at={}", monday.format("%Y-%m"))).await;
    let cell = |days: i64| of_day(&month.body, (monday + Duration::days(days)).day());
    assert!(cell(0).contains("Mission locale") && cell(14).contains("9\u{a0}h"), "{}", month.body);
    assert!(!cell(7).contains("Mission locale"), "{}", cell(7));
}

#[actix_web::test]
async fn what_is_not_for_everybody_is_in_no_calendar_and_no_outsiders_month() {
    let (scene, _) = furnished().await;
    scene.service("interne", Visibility::Private).await;
    let hidden = scene.published("interne", news("Secret", json!({}))).await;
    scene.site("reserve", "Réservé", true).await;
    let placement = PlacementForm {
        service: "agenda".to_owned(),
        filter: ListFilter::default(),
        order: None,
        title: String::new(),
    };
    scene.node.app.add_placement(&Caller::Node, "reserve", placement).await.expect("a section");
    let mut member = scene.node.browser(MANAGER).await;
    for path in ["/sites/reserve/agenda.ics", "/sites/reserve/recherche.ics", "/services/interne.ics"] {
        assert_eq!(get(&scene.node, path).await.status, 404, "{path}");
        // A program that subscribes has no session: nobody gets it.
        assert_eq!(member.get(path).await.status, 404, "{path}");
    }
    assert_eq!(get(&scene.node, &format!("/fiches/{}.ics", hidden.item)).await.status, 404);
    let month = "/sites/reserve/agenda?view=month";
    assert_eq!(get(&scene.node, month).await.status, 404);
    let draft = event("Brouillon", &format!("{}T10:00", day(3)), &format!("{}T11:00", day(3)), json!({}));
    scene.submitted("agenda", draft).await;
    let asked = format!("at={}", day(3).format("%Y-%m"));
    for path in [format!("/services/agenda?view=month&{asked}"), "/services/agenda.ics".to_owned()] {
        assert!(!get(&scene.node, &path).await.body.contains("Brouillon"), "{path}");
    }
}

#[actix_web::test]
async fn a_month_holds_each_day_of_each_event() {
    let (scene, _) = furnished().await;
    for list in ["/services/agenda", "/sites/nievre/agenda", "/sites/nievre/recherche"] {
        let page = get(&scene.node, &format!("{list}?view=month&at={}", day(1).format("%Y-%m"))).await;
        let html = page.body;
        assert!(html.contains("<th scope=\"col\">lundi</th>"), "{html}");
        assert!(of_day(&html, 3).contains("18\u{a0}h\u{a0}30\u{a0}– 20\u{a0}h"), "{}", of_day(&html, 3));
        for (number, time) in [(5, "9\u{a0}h"), (6, "(suite)"), (7, "(suite)")] {
            let cell = of_day(&html, number);
            assert!(cell.contains("Salon de trois jours") && cell.contains(time), "{list} {number}: {cell}");
        }
        for number in [5, 12, 26] {
            assert!(of_day(&html, number).contains("Atelier répété"), "{list} {number}");
        }
        assert!(!of_day(&html, 13).contains("Atelier"), "{list}");
        let cancelled = of_day(&html, 20);
        assert!(cancelled.contains("event-off") && cancelled.contains("Annulé"), "{cancelled}");
        // What goes on for months stands apart, once.
        assert_eq!(html.matches("Long stage").count(), 1, "{html}");
        assert!(html.contains("content=\"noindex\""), "a month is a view, not a page of its own");
    }
    let week = format!("/sites/nievre/agenda?view=week&at={}", day(12).format("%G-W%V"));
    let html = get(&scene.node, &week).await.body;
    assert!(of_day(&html, 12).contains("Nevers (Nièvre)"), "{html}");
    assert!(!html.contains("Réunion du soir"), "{html}");
    // The feed of the list stays the one that it has as a list.
    assert!(html.contains("href=\"/sites/nievre/agenda.rss\""), "{html}");
    let page = scene.node.stranger().open("/sites/nievre/agenda?view=month&at=1999-01").await;
    assert!(
        page.says("Rien de prévu pendant cette période") && page.says("Voir toute la liste"),
        "{}",
        page.html
    );
    // What has no dates has no months.
    let news = get(&scene.node, "/sites/nievre/actualites?view=month").await.body;
    assert!(!news.contains("class=\"agenda\"") && !news.contains(">Mois</a>"), "{news}");
}

#[actix_web::test]
async fn a_month_keeps_what_was_chosen() {
    let (scene, _) = furnished().await;
    let at = day(1).format("%Y-%m").to_string();
    let far = json!({ "lieu": ["commune:21231"], "thematiques": ["sante"] });
    let start = format!("{}T10:00", day(9));
    scene.published("agenda", event("Forum de Dijon", &start, &format!("{}T12:00", day(9)), far)).await;
    let path = format!("/sites/nievre/agenda?place=departement:21&view=month&at={at}");
    let html = get(&scene.node, &path).await.body;
    assert!(html.contains("Forum de Dijon") && !html.contains("Réunion du soir"), "{html}");
    // Every way on keeps the choice, and every choice keeps the month.
    for link in ["rel=\"next nofollow\" href=\"", "rel=\"prev nofollow\" href=\""] {
        let href = html.split(link).nth(1).and_then(|rest| rest.split('"').next()).expect(link);
        assert!(href.contains("place=departement%3A21") && href.contains("view=month"), "{href}");
    }
    assert!(html.contains(&format!("<input type=\"hidden\" name=\"at\" value=\"{at}\">")), "{html}");
    let way_out = format!("href=\"/sites/nievre/agenda?view=month&#38;at={at}\" rel=\"nofollow\"");
    assert!(html.contains(&way_out), "{html}");
    // A place that is typed into the search box leads to the month of that place.
    let request = TestRequest::get()
        .uri(&format!("/sites/nievre/agenda?q=dijon&view=month&at={at}"))
        .insert_header(("Accept-Language", "fr"));
    let right = format!("/sites/nievre/agenda?place=commune%3A21231&view=month&at={at}&said=dijon");
    let answer = ask(&scene.node, request).await;
    assert_eq!((answer.status / 100, answer.header("location")), (3, right.as_str()), "{}", answer.body);
}
