using IoTJobsToolkit.HelpBuilder.Cmdlets;
using IoTJobsToolkit.HelpBuilder.Maml;
using IoTJobsToolkit.HelpBuilder.Pages;
using IoTJobsToolkit.HelpBuilder.Topics;

namespace IoTJobsToolkit.HelpBuilder;

/// <summary>A module's help, made of its pages in Markdown and of what its assembly says.</summary>
public static class Help
{
    /// <summary>Writes the help for Get-Help; where a page is wrong it writes nothing, and says what is wrong.</summary>
    /// <param name="assembly">The cmdlets' assembly, with what it needs beside it.</param>
    /// <param name="pages">The folder with a page for each cmdlet, common-parameters.md and the topics.</param>
    /// <param name="output">The module's folder for a language, such as en-US.</param>
    public static IReadOnlyList<PageError> Build(string assembly, string pages, string output)
    {
        var errors = new List<PageError>();
        var cmdlets = CmdletAssembly.Read(assembly);
        var files = Directory.GetFiles(pages, "*.md").Order(StringComparer.Ordinal).ToList();
        var linked = cmdlets.Select(cmdlet => cmdlet.Name).Concat(files.Select(file => Path.GetFileNameWithoutExtension(file)!)).ToHashSet(StringComparer.Ordinal);
        var common = new Dictionary<string, ParameterText>(StringComparer.Ordinal);
        var described = new Dictionary<string, CmdletPage>(StringComparer.Ordinal);
        var topics = new List<TopicPage>();

        foreach (var file in files.Where(file => Path.GetFileName(file) != "README.md"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var page = MarkdownPage.Read(file, errors);
            page.CheckLinks(linked, errors);
            if (name == "common-parameters")
            {
                common = ParameterText.Read(page.Sections.SelectMany(section => section.Sections), page.Path, errors);
            }
            else if (name.StartsWith("about_", StringComparison.Ordinal))
            {
                topics.Add(TopicPage.Read(page, errors));
            }
            else if (cmdlets.Any(cmdlet => cmdlet.Name == name))
            {
                described[name] = CmdletPage.Read(page, errors);
            }
            else
            {
                errors.Add(new(file, 1, $"There is no cmdlet {name}."));
            }
        }

        var helped = cmdlets.Where(cmdlet => described.ContainsKey(cmdlet.Name))
            .Select(cmdlet => CmdletHelp.Of(cmdlet, described[cmdlet.Name], common, errors)).ToList();
        if (errors.Count == 0)
        {
            Directory.CreateDirectory(output);
            MamlFile.Write(Path.Combine(output, Path.GetFileName(assembly) + "-Help.xml"), helped);
            TopicFiles.Write(output, topics);
        }
        return errors;
    }
}
