import { Resource } from 'aws-cdk-lib';
import 'cdk-data-tier';

/** What every construct does, beside an import of the library. */
export class Nothing extends Resource {}
