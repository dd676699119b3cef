// A file of its own: the content security policy allows no inline script.
document.body.style.margin = '0';
Redoc.init('/schema/openapi.json', {}, document.getElementById('redoc'));
