export { createStripeGateway, type StripeConnection } from './stripe-gateway.ts';
