import { Module } from '@nestjs/common';

import { BoardEvents } from './board-events.service.js';
import { WorkBoardController } from './work-board.controller.js';
import { WorkBoardRepository } from './work-board.repository.js';
import { WorkBoardService } from './work-board.service.js';

/** The work board of the dispensary. Reads prescriptions and fills by SQL of its own; none of them knows of it. */
@Module({
  controllers: [WorkBoardController],
  providers: [WorkBoardRepository, WorkBoardService, BoardEvents],
})
export class WorkBoardModule {}
