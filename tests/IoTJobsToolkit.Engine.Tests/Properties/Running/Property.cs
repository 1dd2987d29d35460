using System.Globalization;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Properties.Model;
using IoTJobsToolkit.Engine.Tests.Properties.Programs;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Properties.Running;

/// <summary>The property: on any program the engine does what the model does, whatever the pace, and both paces leave the same histories.</summary>
internal sealed record Property(Func<DateTimeOffset, JobsModel> Model, Func<Func<IJobsStore>> NewStore, Features Features)
{
    public static Property Default { get; } = new(now => new(now), InMemory, Features.Today);

    /// <summary>How many programs a run tries: <c>IOTJOBS_PROPERTY_PROGRAMS</c>, else what the test says.</summary>
    public static int Programs(int otherwise) => Number("IOTJOBS_PROPERTY_PROGRAMS") ?? otherwise;

    /// <summary>The only program to try, by <c>IOTJOBS_PROPERTY_PROGRAM</c>.</summary>
    private static int? Only => Number("IOTJOBS_PROPERTY_PROGRAM");

    /// <summary>Null, or the first failing program in its shortest form, with what is different.</summary>
    public async Task<string?> FindFailureAsync(int programs, CancellationToken cancellation)
    {
        var (first, count) = Only is { } only ? (only, 1) : (0, programs);
        for (var number = first; number < first + count; number++)
        {
            var program = ProgramGen.Program(number, Features);
            if (await DifferenceAsync(program, cancellation) is not null)
            {
                var shortest = await Shrinking.ShortestAsync(program, async shorter => await DifferenceAsync(shorter, cancellation) is not null);
                return $"Program {number} (IOTJOBS_PROPERTY_PROGRAM={number}), {shortest.Count} of {program.Count} steps:{Environment.NewLine}" +
                    await DifferenceAsync(shortest, cancellation);
            }
        }
        return null;
    }

    private async Task<string?> DifferenceAsync(IReadOnlyList<Step> program, CancellationToken cancellation)
    {
        var runs = new List<ProgramRun>();
        foreach (var pace in Enum.GetValues<Pace>())
        {
            var run = new ProgramRun(program, Model(TestEngine.T0), NewStore(), pace);
            if (await run.FindDifferenceAsync(cancellation) is { } difference)
            {
                return $"Pace {pace}:{Environment.NewLine}{difference}";
            }
            runs.Add(run);
        }
        var (leaps, small) = (runs[0].Histories!, runs[1].Histories!);
        return leaps.SequenceEqual(small)
            ? null
            : $"Histories differ:{Environment.NewLine}{string.Join(Environment.NewLine, leaps.Except(small))}{Environment.NewLine}against{Environment.NewLine}{string.Join(Environment.NewLine, small.Except(leaps))}";
    }

    /// <summary>A new store, opened again by each call of what is returned.</summary>
    private static Func<IJobsStore> InMemory()
    {
        var store = new InMemoryJobsStore();
        return () => store;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
