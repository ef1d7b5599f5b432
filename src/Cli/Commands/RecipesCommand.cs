using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Trainer.Recipes;

namespace Toolkit.Cli.Commands;

/// <summary><c>recipes</c>: the networks that <c>train</c> knows.</summary>
internal sealed class RecipesCommand() : ToolkitCommand("recipes", "Lists the networks that 'train' knows.", "recipes", "recipes --json")
{
    public override Outcome Execute(CommandContext context)
    {
        Table table = Tables.Create("recipe", "chapter", "network", "data set", "what");
        foreach (Recipe recipe in RecipeTable.All)
        {
            Tables.AddRow(table, recipe.Name, recipe.Chapter, recipe.Network, recipe.DatasetName, recipe.Description);
        }

        context.Console.Write(table);
        return new Outcome(new JsonObject { ["recipes"] = JsonText.Objects(RecipeTable.All.Select(ToJson)) });
    }

    private static JsonObject ToJson(Recipe recipe) => new()
    {
        ["name"] = recipe.Name,
        ["chapter"] = recipe.Chapter,
        ["network"] = recipe.Network,
        ["dataset"] = recipe.DatasetName,
        ["fallback_dataset"] = recipe.FallbackDataset,
        ["description"] = recipe.Description,
        ["epochs"] = recipe.Epochs,
        ["batch_size"] = recipe.BatchSize,
        ["metrics"] = JsonText.Strings(recipe.Metrics),
        ["published"] = recipe.Published is { } published
            ? new JsonObject { ["source"] = published.Source, ["test"] = published.TestFigure is { } figure ? JsonText.Number(figure) : null }
            : null,
    };
}
