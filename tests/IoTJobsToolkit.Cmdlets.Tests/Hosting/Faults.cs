using System.Collections;
using System.Reflection;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>Faults of the database that the module has open: what a full disk or a lost drive does to it.</summary>
internal static class Faults
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    /// <summary>The engine no longer works from now on.</summary>
    public static void FailEngine(string databasePath)
    {
        var engine = Engine(databasePath);
        var thread = typeof(JobsEngine).GetField("_thread", Hidden)!.GetValue(engine)!;
        thread.GetType().GetField("_failure", Hidden)!.SetValue(thread, new StoreFailedException("The disk is gone."));
        thread.GetType().GetMethod("Wake")!.Invoke(thread, null);
    }

    /// <summary>The store lets its files go, but says that it could not.</summary>
    public static void FailClose(string databasePath)
    {
        var thread = typeof(JobsEngine).GetField("_thread", Hidden)!.GetValue(Engine(databasePath))!;
        var field = thread.GetType().GetField("_store", Hidden)!;
        var store = DispatchProxy.Create<IJobsStore, FailingStore>();
        ((FailingStore)(object)store).Inner = (IJobsStore)field.GetValue(thread)!;
        field.SetValue(thread, store);
    }

    private static JobsEngine Engine(string databasePath)
    {
        var opened = ((IEnumerable)ModuleAssembly.Get("Connection.Database").GetField("Opened", Hidden)!.GetValue(null)!).Cast<object>();
        return opened.Where(item => (string)Read(item, "Path") == databasePath).Select(item => (JobsEngine)Read(item, "Engine")).Single();
    }

    private static object Read(object item, string property) => item.GetType().GetProperty(property)!.GetValue(item)!;

#pragma warning disable CA1852 // A proxy derives from it.
    public class FailingStore : DispatchProxy
#pragma warning restore CA1852
    {
        public IJobsStore Inner { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name != nameof(IDisposable.Dispose))
            {
                return targetMethod.Invoke(Inner, args);
            }
            Inner.Dispose();
            throw new InvalidOperationException("The disk is full.");
        }
    }
}
