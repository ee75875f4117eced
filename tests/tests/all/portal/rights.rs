//! What each function asks of the table is what `infra/rights.json` says; the roles of the template are held against that file.
//!
//! `TTW_RIGHTS=<file> cargo test -p ttw-tests portal` writes down what was asked for beyond it.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex, PoisonError};

/// One request: the partitions that each action touches.
type Request = BTreeMap<String, BTreeSet<String>>;
/// The requests of each function.
type Rights = BTreeMap<String, BTreeSet<Request>>;

static RIGHTS: LazyLock<Mutex<Rights>> = LazyLock::new(|| {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../infra/rights.json"));
    Mutex::new(serde_json::from_str(&text.unwrap_or_else(|_| "{}".to_owned())).unwrap())
});

/// A client that asks the table as a function does, and fails where the function has no right to.
pub(super) fn client_of(function: &'static str, client: &Client) -> Client {
    Client::from_conf(client.config().to_builder().interceptor(Watch(function)).build())
}

#[derive(Debug)]
struct Watch(&'static str);

impl Intercept for Watch {
    fn name(&self) -> &'static str {
        "rights"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default();
        let body: Value = serde_json::from_slice(request.body().bytes().unwrap_or_default())?;
        let asked = asked(operation, &body);
        assert!(asked.values().all(|partitions| !partitions.is_empty()), "{operation} of no partition: {asked:?}");
        let mut rights = RIGHTS.lock().unwrap_or_else(PoisonError::into_inner);
        let known = rights.entry(self.0.to_owned()).or_default();
        if known.contains(&asked) {
            return Ok(());
        }
        let Some(file) = std::env::var_os("TTW_RIGHTS") else {
            return Err(format!("{} asks for {asked:?}, which is not in infra/rights.json", self.0).into());
        };
        known.insert(asked);
        std::fs::write(file, format!("{}\n", serde_json::to_string_pretty(&*rights)?))?;
        Ok(())
    }
}

/// The actions of a request, as rights name them, and the partitions of each.
fn asked(operation: &str, body: &Value) -> Request {
    let mut asked = Request::new();
    let mut add = |action: &str, partition: Option<&str>| {
        let partitions = asked.entry(action.to_owned()).or_default();
        partitions.extend(partition.map(prefix));
    };
    let key = |item: &Value| item["PK"]["S"].as_str().map(str::to_owned);
    let objects = |value: &Value| value.as_object().cloned().unwrap_or_else(Map::new);
    match operation {
        "GetItem" | "UpdateItem" | "DeleteItem" => add(operation, key(&body["Key"]).as_deref()),
        "PutItem" => add(operation, key(&body["Item"]).as_deref()),
        "Query" => add(operation, queried(body).as_deref()),
        "BatchGetItem" | "BatchWriteItem" => {
            for requests in objects(&body["RequestItems"]).values() {
                let keys = requests.get("Keys").unwrap_or(requests).as_array().cloned().unwrap_or_default();
                for one in keys {
                    let one =
                        [&one, &one["PutRequest"]["Item"], &one["DeleteRequest"]["Key"]].into_iter().find_map(key);
                    add(operation, one.as_deref());
                }
            }
        }
        "TransactWriteItems" | "TransactGetItems" => {
            for step in body["TransactItems"].as_array().into_iter().flatten() {
                for (kind, about) in objects(step) {
                    let action =
                        if kind == "ConditionCheck" { "ConditionCheckItem".to_owned() } else { format!("{kind}Item") };
                    add(&action, key(&about["Item"]).or_else(|| key(&about["Key"])).as_deref());
                }
            }
        }
        other => add(other, None),
    }
    asked
}

/// The partition of a query: what the first name of its key condition is equal to.
fn queried(body: &Value) -> Option<String> {
    let condition = body["KeyConditionExpression"].as_str()?;
    let value = condition.split_once(" = ")?.1.split(' ').next()?;
    Some(body["ExpressionAttributeValues"][value]["S"].as_str()?.to_owned())
}

/// What the keys of a kind begin with; of a submission's partition, with whatever its EIN is.
fn prefix(partition: &str) -> String {
    match partition.split('#').collect::<Vec<_>>()[..] {
        ["EIN", _, "FORM", _] => "EIN#*#FORM#".to_owned(),
        [whole] => whole.to_owned(),
        [kind, ..] => format!("{kind}#"),
        [] => String::new(),
    }
}

#[test]
fn a_request_is_told_by_its_actions_and_partitions() {
    let transaction = serde_json::json!({"TransactItems": [
        {"ConditionCheck": {"Key": {"PK": {"S": "EIN#123456789"}, "SK": {"S": "USER#a"}}}},
        {"Put": {"Item": {"PK": {"S": "EIN#123456789#FORM#iwp"}, "SK": {"S": "SUB#1"}}}},
        {"Delete": {"Key": {"PK": {"S": "QUEUE"}, "SK": {"S": "1"}}}},
    ]});
    let told = serde_json::json!(
        {"ConditionCheckItem": ["EIN#"], "PutItem": ["EIN#*#FORM#"], "DeleteItem": ["QUEUE"]}
    );
    assert_eq!(serde_json::to_value(asked("TransactWriteItems", &transaction)).unwrap(), told);
    let query = serde_json::json!({
        "KeyConditionExpression": "#pk = :pk AND begins_with(#sk, :sub)",
        "ExpressionAttributeValues": {":pk": {"S": "HELD#EN-A"}, ":sub": {"S": "SUB#"}},
    });
    assert_eq!(serde_json::to_value(asked("Query", &query)).unwrap(), serde_json::json!({"Query": ["HELD#"]}));
}
