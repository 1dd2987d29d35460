using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>Opens database files.</summary>
internal static class StoreLoader
{
    private static readonly Lazy<Func<string, TimeProvider, IJobsStore>> OpenStore = new(() =>
        PrivateContext.Method<Func<string, TimeProvider, IJobsStore>>("IoTJobsToolkit.LiteDb", "LiteDbJobsStore", "Open"));

    public static IJobsStore Open(string databasePath) => OpenStore.Value(databasePath, TimeProvider.System);
}
