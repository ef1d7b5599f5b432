using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Toolkit.EdgeRuntime.Text;

namespace Toolkit.EdgeRuntime.Tests.Text;

/// <summary>The syntax of RE2, of which .NET's expressions have most: they are the reference where both say the same.</summary>
public sealed class RegularExpressionTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abcd", false)]
    [InlineData("a|bc|", "bc", true)]
    [InlineData("a|bc|", "", true)]
    [InlineData("(?:a|b)*c", "ababc", true)]
    [InlineData("(?P<year>[0-9]{4})-(?<month>[0-9]{2})", "2024-06", true)]
    [InlineData("a{2,3}", "a", false)]
    [InlineData("a{2,3}", "aaa", true)]
    [InlineData("a{2,3}?", "aaa", true)]
    [InlineData("a{2,}", "aaaaaa", true)]
    [InlineData("a{,3}", "a{,3}", true)]
    [InlineData("x{0}y", "y", true)]
    [InlineData("a.c", "a\nc", false)]
    [InlineData("(?s)a.c", "a\nc", true)]
    [InlineData("(?s:a.)c", "a\nc", true)]
    [InlineData("(?s:a.)c.", "a\nc\n", false)]
    [InlineData("a.c", "a😀c", true)]
    [InlineData("[^a]", "\n", true)]
    [InlineData("[]a-]+", "]-a", true)]
    [InlineData("[a-c-e]+", "b-e", true)]
    [InlineData(@"[\d\-x]+", "1-x", true)]
    [InlineData(@"[^\w]", "é", true)]
    [InlineData(@"\w+", "é", false)]
    [InlineData(@"\s\S", "\t\v", true)]
    [InlineData(@"\pL+", "aéß", true)]
    [InlineData(@"\p{Lu}\P{Lu}", "Aa", true)]
    [InlineData(@"\p{^Nd}", "5", false)]
    [InlineData(@"[[:alpha:]]+[[:^alpha:][:digit:]]", "abc5", true)]
    [InlineData("(?i)hello", "HeLLo", true)]
    [InlineData("(?i)k", "\u212A", true)]
    [InlineData("(?i)[^k]", "K", false)]
    [InlineData("a(?i)b", "aB", true)]
    [InlineData("(a(?i)b)c", "aBC", false)]
    [InlineData("(?i:a)b(?-i)c", "Abc", true)]
    [InlineData("^abc$", "abc", true)]
    [InlineData("a$b", "ab", false)]
    [InlineData("a$\nb", "a\nb", false)]
    [InlineData("(?m)a$\n^b", "a\nb", true)]
    [InlineData(@"\Aab\z", "ab", true)]
    [InlineData(@"\bfoo\b bar", "foo bar", true)]
    [InlineData(@"foo\bbar", "foobar", false)]
    [InlineData(@"foo\Bbar", "foobar", true)]
    [InlineData(@"\Qa.b*\E+", "a.b**", true)]
    [InlineData(@"\x41\x{1F600}\101\_\.", "A😀A_.", true)]
    [InlineData(@"[\x41-\x43]\n", "B\n", true)]
    [InlineData("(a*)*", "aaab", false)]
    [InlineData("(|a)+", "aa", true)]
    [InlineData("(a|ab)(c|bcd)(d*)", "abcd", true)]
    public void A_whole_text_matches_or_not(string pattern, string text, bool expected) => Assert.Equal(expected, new RegularExpressionMatcher(RegularExpression.Parse(pattern)).IsFullMatch(text));

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("[[:nothing:]]")]
    [InlineData("*")]
    [InlineData("a|*")]
    [InlineData("a**")]
    [InlineData("a{3}{4}")]
    [InlineData("a{3,2}")]
    [InlineData("a{1001}")]
    [InlineData("(a{100}){100}")]
    [InlineData(@"\")]
    [InlineData(@"\1")]
    [InlineData(@"(a)\1")]
    [InlineData(@"\q")]
    [InlineData(@"\x1")]
    [InlineData(@"\x{110000}")]
    [InlineData(@"\p{Nothing1}")]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)")]
    [InlineData("(?P=a)")]
    [InlineData("(?P<a>b)(?P<a>c)")]
    [InlineData("(?i")]
    [InlineData("(?i-)")]
    public void What_RE2_does_not_have_is_refused(string pattern) => Assert.Throws<FormatException>(() => RegularExpression.Parse(pattern));

    [Theory]
    [InlineData(@"\p{Greek}", "Greek")]
    [InlineData(@"\C", "\\C")]
    public void What_only_RE2_has_is_not_supported(string pattern, string named) =>
        Assert.Contains(named, Assert.Throws<NotSupportedException>(() => RegularExpression.Parse(pattern)).Message, StringComparison.Ordinal);

    [Fact]
    public void Deep_and_large_patterns_are_refused()
    {
        Assert.Throws<NotSupportedException>(() => RegularExpression.Parse(new string('(', 100_000) + new string(')', 100_000)));
        Assert.Throws<NotSupportedException>(() => RegularExpression.Parse(string.Concat(Enumerable.Repeat("a{1000}", 1000))));
        Assert.Throws<NotSupportedException>(() => RegularExpression.Parse(new string('a', 100_000)));
    }

    [Theory]
    [InlineData("(a*)*$")]
    [InlineData("(a|a)*b")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)(.*)(.*)(.*)(.*)[^a]")]
    [InlineData("([a-z]+)*[0-9]")]
    [InlineData("(?:a?){500}a{500}b")]
    [InlineData(".*.{0,900}b")]
    public void The_time_grows_with_the_text_alone(string pattern)
    {
        string text = new('a', 100_000);
        var matcher = new RegularExpressionMatcher(RegularExpression.Parse(pattern));
        var clock = Stopwatch.StartNew();
        Assert.Equal(pattern.EndsWith('$'), matcher.IsFullMatch(text));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }

    [Fact]
    public void States_that_do_not_fit_are_forgotten()
    {
        // 2^20 states: which of the last 20 characters was an a.
        var matcher = new RegularExpressionMatcher(RegularExpression.Parse("[ab]*a[ab]{19}"));
        var random = new Random(5);
        char[] text = [.. Enumerable.Range(0, 60_000).Select(_ => random.Next(2) == 0 ? 'a' : 'b')];
        text[^20] = 'a';
        Assert.True(matcher.IsFullMatch(new string(text)));
        text[^20] = 'b';
        Assert.False(matcher.IsFullMatch(new string(text)));
    }

    [Fact]
    public void Random_patterns_match_as_those_of_the_framework()
    {
        var random = new Random(7);
        int matches = 0;
        for (int round = 0; round < 4000; round++)
        {
            string pattern = Pattern(random, 3);
            var reference = new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            var matcher = new RegularExpressionMatcher(RegularExpression.Parse(pattern));
            for (int i = 0; i < 8; i++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => "ab0 _"[random.Next(5)]));
                bool expected = reference.IsMatch(text);
                matches += expected ? 1 : 0;
                Assert.True(expected == matcher.IsFullMatch(text), $"'{pattern}' on '{text}': expected {expected}.");
            }
        }

        Assert.InRange(matches, 1000, 31_000);
    }

    private static string Pattern(Random random, int depth)
    {
        var pattern = new StringBuilder();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            pattern.Append(random.Next(depth > 0 ? 10 : 7) switch
            {
                0 => "a",
                1 => "b",
                2 => ".",
                3 => "[a0]",
                4 => @"\w",
                5 => "[^b ]",
                6 => @"\d",
                7 => $"(?:{Pattern(random, depth - 1)}|{Pattern(random, depth - 1)})",
                8 => $"({Pattern(random, depth - 1)})",
                _ => $@"(?:\b|{Pattern(random, depth - 1)})",
            });
            pattern.Append(random.Next(8) switch { 0 => "*", 1 => "+", 2 => "?", 3 => "{1,2}", 4 => "*?", _ => "" });
        }

        return pattern.ToString();
    }
}
