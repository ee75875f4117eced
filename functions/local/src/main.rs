//! All functions in one process on a loopback address; or, as `ttw-local backstage`, what the functions need to run elsewhere on this
//! machine.

use axum::Router;
use jiff::Timestamp;
use std::ffi::OsString;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use ttw_admin::world::World;
use ttw_core::domain::Assignment;
use ttw_core::forms::Role;
use ttw_local::backstage::{Backstage, demo_users, populate, world_day};
use ttw_local::issuer::Issuer;
use ttw_local::{courier, page, routes, sign_in};
use ttw_portal::clock::{Clock, eastern_day};
use ttw_portal::identity::Authenticator;
use ttw_portal::server::{ServeError, listen, serve};
use ttw_portal::{Portal, Settings, application, telemetry};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    telemetry::install();
    match Box::pin(run()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(),
    }
}

/// Where one of these is set, a function runs for real people, and what stands here is not for them.
const LAMBDA: [&str; 2] = ["AWS_LAMBDA_RUNTIME_API", "AWS_LAMBDA_FUNCTION_NAME"];
/// The folder of the local server unless `TTW_LOCAL_DIR` names another.
const FOLDER: &str = ".ttw-local";
/// Where the table answers when functions elsewhere use it, unless `TTW_LOCAL_TABLE_PORT` names another port; 0 for any.
const BACKSTAGE_PORT: u16 = 9001;

async fn run() -> Result<(), ServeError> {
    if let Some(name) = LAMBDA.into_iter().find(|name| std::env::var_os(name).is_some()) {
        let problem =
            format!("{name} is set: this server signs made-up users in and does not run in Lambda; unset it.");
        return Err(unusable(problem));
    }
    let is_backstage = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("backstage") => true,
        Some(_) => return Err(unusable("Start ttw-local without arguments, or as: ttw-local backstage".to_owned())),
    };
    let settings = Settings::read(look_up).map_err(ServeError::Settings)?;
    let engine = settings.engine().map_err(ServeError::Settings)?;
    let folder = PathBuf::from(std::env::var_os("TTW_LOCAL_DIR").unwrap_or_else(|| FOLDER.into()));
    let port = if is_backstage { table_port()? } else { 0 };
    let backstage = Backstage::open(&folder, port).await.map_err(|error| unusable(error.to_string()))?;
    let store = backstage.table().await.map_err(|error| unusable(error.to_string()))?;
    let clock = Clock::system();
    let day = world_day(&folder, eastern_day(Timestamp::now())).map_err(|error| unusable(error.to_string()))?;
    let world = populate(&store, &engine, day);
    let world = world.await.map_err(|error| unusable(error.to_string()))?;
    let listener = listen(settings.address).await?;
    let address = listener.local_addr().unwrap_or(settings.address);
    let issuer = Issuer::new(&format!("http://{address}/dev"), demo_users(&world))
        .map_err(|_| unusable("The machine gives no random numbers for the key of the sign-in.".to_owned()))?;
    let mail = folder.join("mail");
    if has_courier()? {
        let carried = courier::post(&mail).map_err(ServeError::Settings)?;
        tokio::spawn(courier::run(store.clone(), carried, engine.clone()));
    }
    if is_backstage {
        say(&environment(&backstage, &issuer, address));
        return serve(listener, sign_in::routes(&issuer)).await;
    }
    let authenticator = Authenticator::new(Some(issuer.trusted()), None, store.clone());
    let portal = Portal::new(engine, store, authenticator, clock, settings.people);
    let page = page()?;
    say(&welcome(address, &world, &mail, page.is_some()));
    let routes = routes().with_state(portal).merge(sign_in::routes(&issuer)).merge(page.unwrap_or_default());
    serve(listener, application(routes, &settings.allowed_origins)).await
}

fn unusable(problem: String) -> ServeError {
    ServeError::Settings(vec![problem])
}

fn table_port() -> Result<u16, ServeError> {
    let given = look_up("TTW_LOCAL_TABLE_PORT");
    let port = given.map_or(Some(BACKSTAGE_PORT), |text| text.to_str()?.parse().ok());
    port.ok_or_else(|| unusable("TTW_LOCAL_TABLE_PORT is not a port; write a number from 0 to 65535.".to_owned()))
}

/// `TTW_LOCAL_COURIER=off` leaves the outbox to the functions `notify` and `sweep`.
fn has_courier() -> Result<bool, ServeError> {
    match look_up("TTW_LOCAL_COURIER").as_ref().map(|word| word.to_str()) {
        None | Some(Some("on")) => Ok(true),
        Some(Some("off")) => Ok(false),
        Some(_) => Err(unusable("TTW_LOCAL_COURIER is neither on nor off.".to_owned())),
    }
}

/// The page in the folder `TTW_LOCAL_PAGE`; without that the API stands alone.
fn page() -> Result<Option<Router>, ServeError> {
    let Some(folder) = look_up("TTW_LOCAL_PAGE") else { return Ok(None) };
    let page = page::routes(Path::new(&folder));
    page.map(Some).ok_or_else(|| unusable("There is no page in TTW_LOCAL_PAGE; run make page.".to_owned()))
}

/// Nobody has to read it.
fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// The environment, where test people are the ones who come to a laptop unless it says otherwise.
fn look_up(name: &str) -> Option<OsString> {
    let given = std::env::var_os(name).filter(|value| !value.is_empty());
    given.or_else(|| (name == "TTW_PEOPLE").then(|| OsString::from("test")))
}

/// Lines for a shell: what functions elsewhere on this machine are started with.
fn environment(backstage: &Backstage, issuer: &Issuer, address: SocketAddr) -> String {
    let trusted = issuer.trusted();
    let mut all = backstage.environment();
    all.push(("TTW_ISSUER", trusted.issuer));
    all.push(("TTW_AUDIENCE", trusted.audience.join(",")));
    all.push(("TTW_JWKS_URL", format!("http://{address}/dev/jwks.json")));
    let lines: Vec<String> = all.iter().map(|(name, value)| format!("{name}={value}")).collect();
    lines.join("\n") + "\n"
}

/// Where it listens, and lines that work as they stand.
fn welcome(address: SocketAddr, world: &World, mail: &Path, has_page: bool) -> String {
    let question = one_line(check_eligibility::example::QUESTION);
    let mail = mail.display();
    let user = world.users.iter().find(|member| member.roles.contains(&Role::Signatory));
    let user = user.map_or("", |member| &*member.user.id);
    let inquiry = inquiry(world).unwrap_or_default();
    let page = if has_page { format!("The page is http://{address}/\n\n") } else { String::new() };
    format!(
        r#"Listening on http://{address} (Ctrl-C stops it).

{page}Try:

curl -s http://{address}/v1/eligibility -H 'Content-Type: application/json' -d '{question}'

To act as one of the made-up users that http://{address}/dev/users lists, and review a form:

TOKEN=$(curl -s http://{address}/dev/token -H 'Content-Type: application/json' -d '{{"user":"{user}"}}' | cut -d'"' -f4)
curl -s http://{address}/v1/earnings-inquiries/review -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{inquiry}'

Mail is put into {mail}.
"#
    )
}

/// An inquiry about the first person whose ticket the first organization holds. Both are made up.
fn inquiry(world: &World) -> Option<String> {
    let provider = &world.providers.first()?.provider;
    let held = |assignment: &&Assignment| assignment.provider == *provider && assignment.unassigned_on.is_none();
    let (ssn, assigned_on) = world.people.iter().find_map(|person| {
        let assignment = person.record.case.assignments.iter().find(held)?;
        Some((&person.ssn, assignment.assigned_on))
    })?;
    let ssn = String::from_utf8_lossy(ssn.expose());
    Some(format!(r#"{{"beneficiaries": [{{"ssn": "{ssn}", "assignment_date": "{assigned_on}"}}]}}"#))
}

/// A JSON document whose strings hold no line breaks and no quotes of the shell, on one line.
fn one_line(json: &str) -> String {
    json.lines().map(str::trim).collect()
}
