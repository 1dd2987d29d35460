using System.Runtime.CompilerServices;

namespace IoTJobsToolkit.Portal.Tests;

/// <summary>Tests of pages block threads while they wait for a paint; without room beside them, servers of other tests would not answer.</summary>
internal static class ThreadPoolRoom
{
    [ModuleInitializer]
    internal static void Make()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 32), ports);
    }
}
