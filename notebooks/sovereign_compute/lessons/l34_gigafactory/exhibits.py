"""What lesson 34 alone shows."""

from ...models.gigafactory import gigafactory_use as gigafactory_use
