using System.Diagnostics;
using System.Globalization;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Benchmarks.Portal;

/// <summary>
/// The portal as it is shipped, in a process of its own, so that its memory is its own; each line it is sent it answers with that memory.
/// </summary>
internal static class PortalHost
{
    public const string Argument = "portal-host";
    public const string MemoryMark = "memory ";

    public static int Run(string[] args, TextReader commands, TextWriter answers)
    {
        var portal = Task.Run(() => (int)typeof(PortalPages).Assembly.EntryPoint!.Invoke(null, [args])!);
        var reading = Task.Run(() => AnswerAsync(commands, answers));
        return Task.WhenAny(portal, reading).GetAwaiter().GetResult() == portal ? portal.Result : 0;
    }

    private static async Task AnswerAsync(TextReader commands, TextWriter answers)
    {
        while (await commands.ReadLineAsync() is not null)
        {
            for (var i = 0; i < 2; i++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }
            using var process = Process.GetCurrentProcess();
            await answers.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{MemoryMark}{GC.GetTotalMemory(forceFullCollection: true)} {process.WorkingSet64}"));
            await answers.FlushAsync();
        }
    }
}
