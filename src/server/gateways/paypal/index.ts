export { type PayPalConnection } from './paypal-connection.ts';
export { createPayPalGateway } from './paypal-gateway.ts';
