namespace IoTJobsToolkit.Engine.Tests.Scenarios;

// The worked examples once more, with the process restarted before each of their steps: the same results.

public sealed class AbortTestsCutByRestarts() : AbortTests(isCut: true);

public sealed class ApprovalTestsCutByRestarts() : ApprovalTests(isCut: true);

public sealed class BlockageTestsCutByRestarts() : BlockageTests(isCut: true);

public sealed class CancelAndDeleteTestsCutByRestarts() : CancelAndDeleteTests(isCut: true);

public sealed class ContinuousTestsCutByRestarts() : ContinuousTests(isCut: true);

public sealed class DependencyTestsCutByRestarts() : DependencyTests(isCut: true);

public sealed class DeviceTestsCutByRestarts() : DeviceTests(isCut: true);

public sealed class FailureTestsCutByRestarts() : FailureTests(isCut: true);

public sealed class ListTestsCutByRestarts() : ListTests(isCut: true);

public sealed class MaintenanceWindowTestsCutByRestarts() : MaintenanceWindowTests(isCut: true);

public sealed class ManagedTemplateTestsCutByRestarts() : ManagedTemplateTests(isCut: true);

public sealed class PauseTestsCutByRestarts() : PauseTests(isCut: true);

public sealed class RestartTestsCutByRestarts() : RestartTests(isCut: true);

public sealed class RolloutControlsTestsCutByRestarts() : RolloutControlsTests(isCut: true);

public sealed class RolloutTestsCutByRestarts() : RolloutTests(isCut: true);

public sealed class ScheduleTestsCutByRestarts() : ScheduleTests(isCut: true);

public sealed class SeedStoryTestsCutByRestarts() : SeedStoryTests(isCut: true);

public sealed class SnapshotTestsCutByRestarts() : SnapshotTests(isCut: true);

public sealed class TimerAndRetryTestsCutByRestarts() : TimerAndRetryTests(isCut: true);

public sealed class DynamicGroupTestsCutByRestarts() : DynamicGroupTests(isCut: true);
