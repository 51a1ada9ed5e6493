import { Injectable } from '@nestjs/common';

/** The time of this process. Business days are judged by the database in the branch's zone, not by this. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
