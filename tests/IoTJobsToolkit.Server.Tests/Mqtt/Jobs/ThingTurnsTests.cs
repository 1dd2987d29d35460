using IoTJobsToolkit.Server.Mqtt.Jobs;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Jobs;

public sealed class ThingTurnsTests
{
    [Fact]
    public async Task A_notice_waits_for_the_answer_however_many_others_begin_and_end()
    {
        const int Rounds = 300_000;
        var turns = new ThingTurns();
        using var ending = new CancellationTokenSource();
        var others = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!ending.IsCancellationRequested)
            {
                turns.Begin("T").End();
            }
        })).ToList();
        var early = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var isTold = false;
            var turn = turns.Begin("T");
            turns.Tell("T", () => Volatile.Write(ref isTold, true));
            early += Volatile.Read(ref isTold) ? 1 : 0;
            turn.End();
        }
        await ending.CancelAsync();
        await Task.WhenAll(others);
        Assert.Equal(0, early);
    }
}
