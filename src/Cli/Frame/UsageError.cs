using System.CommandLine;
using System.CommandLine.Parsing;

namespace Toolkit.Cli.Frame;

/// <summary>Says in one line what is wrong with a command line.</summary>
internal static class UsageError
{
    /// <summary>The line, or null where nothing is wrong.</summary>
    public static string? Find(ParseResult parse)
    {
        if (parse.Errors.Count == 0 || parse.Action is { ClearsParseErrors: true })
        {
            return null;
        }

        Command command = parse.CommandResult.Command;
        string who = PathOf(parse.CommandResult);
        string help = $"Run '{who} --help'.";
        if (parse.UnmatchedTokens is [{ } token, ..])
        {
            return $"{who}: {Unknown(token, parse.CommandResult)} {help}";
        }

        if (command.Subcommands.Count > 0 && parse.CommandResult.Tokens.Count == 0 && parse.Errors.All(error => error.SymbolResult is CommandResult))
        {
            return $"{who}: expected one of {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}, got none. {help}";
        }

        foreach (ParseError error in parse.Errors)
        {
            if (error.SymbolResult is ArgumentResult { Tokens.Count: 0, Argument: { } argument } && argument.Arity.MinimumNumberOfValues > 0
                && command.Arguments.Contains(argument))
            {
                return $"{who}: expected {argument.HelpName ?? argument.Name.ToUpperInvariant()}, got nothing. {help}";
            }

            if (error.SymbolResult is OptionResult { Tokens.Count: 0, Option: { } option })
            {
                return $"{who}: {option.Name}: expected {option.HelpName ?? "a value"}, got nothing. {help}";
            }
        }

        return $"{who}: {parse.Errors[0].Message} {help}";
    }

    /// <summary>The command as it was typed: <c>toolkit data get</c>.</summary>
    public static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : ToolkitCli.Name;

    private static string Unknown(string token, CommandResult result)
    {
        if (token.StartsWith('-'))
        {
            string name = token.Split('=')[0];
            return $"unknown option '{name}'.{NearestName.Hint(name, OptionsOf(result))}";
        }

        return result.Command.Subcommands.Count > 0
            ? $"unknown command '{token}'.{NearestName.Hint(token, result.Command.Subcommands.Select(sub => sub.Name))}"
            : $"argument '{token}' is one too many.";
    }

    private static IEnumerable<string> OptionsOf(CommandResult result)
    {
        IEnumerable<string> own = result.Command.Options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name));
        return result.Parent is CommandResult parent ? own.Concat(OptionsOf(parent)) : own;
    }
}
