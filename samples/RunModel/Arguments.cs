namespace Toolkit.RunModel;

/// <summary>The command line: words, options of the form <c>--name N</c>, and <c>--known-gaps FILE</c>.</summary>
internal sealed class Arguments
{
    private static readonly string[] Known = ["--threads", "--every"];

    private readonly Dictionary<string, int> _options = [];
    private readonly Dictionary<string, string> _texts = [];

    /// <summary>Splits a command line.</summary>
    /// <exception cref="ArgumentException">An option is not known, or its value is no number of 1 or more.</exception>
    public Arguments(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                Positional.Add(args[i]);
                continue;
            }

            if (args[i] == "--known-gaps" && i + 1 < args.Length)
            {
                _texts[args[i]] = args[++i];
                continue;
            }

            if (!Known.Contains(args[i]))
            {
                throw new ArgumentException($"unknown option '{args[i]}'; known are {string.Join(", ", Known)}.");
            }

            string value = i + 1 < args.Length ? args[i + 1] : "nothing";
            if (!int.TryParse(value, out int number) || number < 1)
            {
                throw new ArgumentException($"{args[i]}: expected a number of 1 or more, got {value}.");
            }

            _options[args[i]] = number;
            i++;
        }
    }

    /// <summary>What is no option.</summary>
    public List<string> Positional { get; } = [];

    /// <summary>A file's name; null where the option is not there.</summary>
    public string? Text(string name) => _texts.GetValueOrDefault(name);

    /// <summary>An option's value.</summary>
    public int Get(string name, int otherwise) => _options.GetValueOrDefault(name, otherwise);
}
