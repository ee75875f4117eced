//! Payments that several networks may share.

use super::*;

#[tokio::test]
async fn every_provider_that_has_had_the_ticket_is_told_of_a_possible_split_until_they_have_agreed() {
    let office = Office::open().await;
    let token = office.house.token(PROVIDER);
    let drawn = |path: &str, place: usize| -> Value {
        serde_json::from_str(&draft(path, &holder(place), "en").to_string().replace(BEFORE, "EN-PRAIRIE")).unwrap()
    };
    let notices = async |place: usize| -> Vec<(String, String, String)> {
        let (claim, _) = file(&office.house, &token, REQUESTS, &drawn(REQUESTS, place), &format!("ask-{place}")).await;
        let waiting = office.house.store.undelivered(days_later(1), 100).await.unwrap();
        let entry = waiting.into_iter().find(|entry| entry.confirmation == claim).unwrap();
        entry.notices.into_iter().map(|notice| (notice.en_name, notice.email, notice.payment)).collect()
    };
    for place in [6, 7, 8] {
        let person = shared_record("EN-HARBOR").to_string().replace(BEFORE, "EN-PRAIRIE");
        office.house.store.put_person(&ssn(&holder(place)), &person).await.unwrap();
    }
    let told = |en_name: &str, email: &str| (en_name.to_owned(), email.to_owned(), "p1m1".to_owned());
    assert_eq!(
        notices(6).await,
        [
            told("Harbor Employment Network", "tobias.marshlight@harbor.example"),
            told("Prairie Path Works", "wanda.thistlebrook@prairie.example"),
        ]
    );
    let path = "/v1/split-agreements";
    file(&office.house, &token, path, &drawn(path, 7), "agreed").await;
    let other = office.house.token("prairie-submitter");
    file(&office.house, &other, path, &drawn(path, 7), "agreed-too").await;
    assert_eq!(notices(7).await, []);
    // Who has moved to another organization is not told what the old one is.
    let moved =
        office.house.world.users.iter().find(|member| &*member.user.email == "wanda.thistlebrook@prairie.example");
    let harbor = office.house.world.providers.iter().find(|provider| &*provider.provider == "EN-HARBOR").unwrap();
    let registered =
        Registered { user: &moved.unwrap().user, roles: &[Role::Signatory], ein: Some(&harbor.ein), own_record: None };
    office.house.store.put_user(registered).await.unwrap();
    let told = notices(8).await;
    assert_eq!(told.iter().filter(|(_, email, _)| email.starts_with("wanda")).count(), 0, "{told:?}");
}

#[tokio::test]
async fn a_payment_of_a_ticket_that_two_have_had_is_shared_as_they_have_agreed() {
    let office = Office::open().await;
    // A year earlier than everything else here: its rates are published.
    let earlier = |value: &Value| -> Value {
        let text = value.to_string().replace(BEFORE, "EN-PRAIRIE").replace("2025-", "2024-").replace("2026-", "2025-");
        serde_json::from_str(&text).unwrap()
    };
    let number = holder(5);
    let person = earlier(&shared_record("EN-HARBOR"));
    office.house.store.put_person(&ssn(&number), &person.to_string()).await.unwrap();
    let token = office.house.token(PROVIDER);
    let request = earlier(&draft(REQUESTS, &number, "en"));
    let (claim, _) = file(&office.house, &token, REQUESTS, &request, "shared").await;
    let app = office.house.app.clone();
    let proposal = async || office.case(&app, &claim).await["proposal"].clone();
    let open = proposal().await;
    assert_eq!((&open["possible_split"], &open["shares"]), (&json!(true), &Value::Null));
    let path = "/v1/split-agreements";
    let agree = async |subject: &str, own: u8, second: i64| {
        let mut agreed = earlier(&draft(path, &number, "en"));
        agreed["allocation"]["p1"] =
            json!([{"pid": "EN-HARBOR", "percent": own}, {"pid": "EN-PRAIRIE", "percent": 100 - own}]);
        let token = office.house.token(subject);
        let body = reviewed(&office.house, &token, path, &agreed).await;
        let then = office.house.at(now() + SignedDuration::from_secs(second));
        let answer = House::ask_of(then, submission(path, &token, &format!("agreed-{second}"), &body)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    };
    // What one of them says alone is no agreement.
    agree(PROVIDER, 30, 1).await;
    assert_eq!(proposal().await["shares"], Value::Null);
    agree("prairie-submitter", 30, 2).await;
    let agreed = proposal().await;
    let shares =
        json!([{"provider": "EN-PRAIRIE", "amount": "1295.00"}, {"provider": "EN-HARBOR", "amount": "555.00"}]);
    assert_eq!((&agreed["amount"], &agreed["shares"]), (&json!("1850.00"), &shares), "the earlier assignment first");
    // The last word of each counts; where the two say different things, nothing is agreed.
    agree(PROVIDER, 100, 3).await;
    assert_eq!(proposal().await["shares"], Value::Null);
    agree("prairie-submitter", 100, 4).await;
    assert_eq!(proposal().await["shares"][1]["amount"], "1850.00");
    // What was agreed when it was paid is kept with the decision.
    let case = office.case(&app, &claim).await;
    let path = format!("/v1/work-cases/{claim}/decision");
    let paid = office.ask(MANAGER, &path, Some(json!({"version": case["version"], "action": "pay"}))).await;
    assert_eq!(paid.status, 200, "{paid:?}");
    agree(PROVIDER, 50, 5).await;
    let case = office.case(&app, &claim).await;
    assert_eq!((&case["proposal"], &case["shares"][1]["amount"]), (&Value::Null, &json!("1850.00")));
}
