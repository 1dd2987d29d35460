namespace IoTJobsToolkit.Engine.Tests.Properties.Programs;

/// <summary>
/// Makes a failing program as short as it gets by leaving steps out. CsCheck's own shrinking looks for smaller values, which seldom
/// takes a step away from the middle of a program whose later steps depend on it.
/// </summary>
internal static class Shrinking
{
    /// <param name="fails">Tells whether a program still fails.</param>
    public static async Task<IReadOnlyList<Step>> ShortestAsync(IReadOnlyList<Step> program, Func<IReadOnlyList<Step>, Task<bool>> fails)
    {
        var size = program.Count;
        while (size > 0)
        {
            var shorter = false;
            for (var start = program.Count - size; start >= 0; start -= size)
            {
                IReadOnlyList<Step> without = [.. program.Take(start), .. program.Skip(start + size)];
                if (await fails(without))
                {
                    program = without;
                    shorter = true;
                    start = Math.Min(start, program.Count);
                }
            }
            size = shorter && size == 1 ? 1 : size / 2;
        }
        return program;
    }
}
