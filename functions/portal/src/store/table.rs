//! The table itself, made for tests and the laptop; in the cloud the template makes it.

use super::item::EXPIRES_AT;
use super::keys::{Key, PK, SK};
use super::outbox::UNDELIVERED;
use super::{Store, StoreError};
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, TimeToLiveSpecification,
};

impl Store {
    /// Makes the table if it is not there: its keys, the index of undelivered mail and the time to live. It has no stream, which nothing
    /// reads outside the cloud.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn create_table(&self) -> Result<(), StoreError> {
        let malformed = |_: BuildError| StoreError::Damaged("table");
        let projection = Projection::builder().projection_type(ProjectionType::KeysOnly).build();
        let index = GlobalSecondaryIndex::builder()
            .index_name(UNDELIVERED)
            .key_schema(key(UNDELIVERED, KeyType::Hash).map_err(malformed)?)
            .key_schema(key(SK, KeyType::Range).map_err(malformed)?)
            .projection(projection)
            .build()
            .map_err(malformed)?;
        let mut request = self.client().await.create_table().table_name(self.table());
        for name in [PK, SK, UNDELIVERED] {
            request = request.attribute_definitions(text(name).map_err(malformed)?);
        }
        let made = request
            .key_schema(key(PK, KeyType::Hash).map_err(malformed)?)
            .key_schema(key(SK, KeyType::Range).map_err(malformed)?)
            .global_secondary_indexes(index)
            .billing_mode(BillingMode::PayPerRequest)
            .send()
            .await;
        match made {
            Ok(_) => self.set_time_to_live().await,
            Err(error) if error.as_service_error().is_some_and(CreateTableError::is_resource_in_use_exception) => {
                Ok(())
            }
            Err(error) => Err(StoreError::of("CreateTable", &error)),
        }
    }

    async fn set_time_to_live(&self) -> Result<(), StoreError> {
        let specification = TimeToLiveSpecification::builder().attribute_name(EXPIRES_AT).enabled(true).build();
        let request = self.client().await.update_time_to_live().table_name(self.table());
        let request = request.time_to_live_specification(specification.map_err(|_| StoreError::Damaged("table"))?);
        Box::pin(request.send()).await.map(|_| ()).map_err(|error| StoreError::of("UpdateTimeToLive", &error))
    }

    /// Asks the table for something that is not there, so that the first request finds the connection open.
    ///
    /// # Errors
    /// The table does not answer.
    pub async fn warm(&self) -> Result<(), StoreError> {
        self.item(&Key::user("")).await.map(|_| ())
    }
}

fn key(name: &str, kind: KeyType) -> Result<KeySchemaElement, BuildError> {
    KeySchemaElement::builder().attribute_name(name).key_type(kind).build()
}

fn text(name: &str) -> Result<AttributeDefinition, BuildError> {
    AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build()
}
