import { Resource } from 'aws-cdk-lib';

/** What every construct does, and nothing else. */
export class Nothing extends Resource {}
