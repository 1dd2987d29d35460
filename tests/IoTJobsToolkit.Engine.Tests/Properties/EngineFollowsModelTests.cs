using IoTJobsToolkit.Engine.Tests.Properties.Running;
using IoTJobsToolkit.LiteDb;

namespace IoTJobsToolkit.Engine.Tests.Properties;

/// <summary>The engine against a second opinion on jobs-reference, on random programs.</summary>
public sealed class EngineFollowsModelTests
{
    [Fact]
    public async Task The_engine_does_what_the_model_does_in_leaps_in_small_steps_and_through_restarts()
    {
        var failure = await Property.Default.FindFailureAsync(Property.Programs(otherwise: 500), TestContext.Current.CancellationToken);
        Assert.True(failure is null, failure);
    }

    [Fact]
    public async Task The_engine_does_so_on_a_database_file_too()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var stores = 0;
            var property = Property.Default with
            {
                NewStore = () =>
                {
                    var database = Path.Combine(folder.FullName, $"{stores++}.db");
                    return () => LiteDbJobsStore.Open(database, TimeProvider.System);
                },
            };
            var failure = await property.FindFailureAsync(Math.Max(Property.Programs(otherwise: 0) / 100, 10), TestContext.Current.CancellationToken);
            Assert.True(failure is null, failure);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
