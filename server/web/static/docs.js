// A file of its own: the content security policy allows no inline script.
SwaggerUIBundle({
  url: '/schema/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
});
