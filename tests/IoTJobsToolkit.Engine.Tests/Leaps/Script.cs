using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Leaps;

/// <summary>What is done to an engine at which t (seconds), and until when it is watched.</summary>
internal sealed class Script(double end)
{
    private readonly List<(double At, Func<TestEngine, Task> Do)> _steps = [];

    public Script At(double seconds, Func<TestEngine, Task> step)
    {
        _steps.Add((seconds, step));
        return this;
    }

    /// <summary>Runs it: between two steps time passes in one leap, or in many little ones; with a restart before each if so wanted.</summary>
    /// <returns>All that was left behind and all that was told, a line each.</returns>
    public async Task<List<string>> Run(bool leaps, bool restarts)
    {
        using var world = new World();
        var now = 0d;
        foreach (var (at, step) in _steps.Append((end, static _ => Task.CompletedTask)))
        {
            if (!leaps)
            {
                for (var next = now + Stride(at - now); next < at; next += Stride(at - now))
                {
                    await world.Engine.At(next);
                    world.Restart(restarts);
                }
            }
            await world.Engine.At(at);
            world.Restart(restarts);
            await step(world.Engine);
            world.Restart(restarts);
            now = at;
        }
        return world.Describe();
    }

    /// <summary>Odd, so that the strides meet the minutes only now and then; no more than some hundred of them.</summary>
    private static double Stride(double span) => Math.Max(7.003, span / 300);
}
