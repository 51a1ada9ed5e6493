// Nest and TypeORM decorators need the metadata API before any of our classes is loaded.
import 'reflect-metadata';
