using Microsoft.Playwright;
using Shali.Tests.Support;
using static Shali.Tests.Browser.DemoVisitor;

namespace Shali.Tests.Browser;

/// <summary>
/// A clerk makes a new item without a program: form, materials, limits, flow, fee and guide, in a real browser. What he
/// does is counted by the keystroke-level model (Card, Moran and Newell 1980), so the twenty minutes that the programme
/// allows do not depend on the machine.
/// </summary>
public sealed class ItemMade(City city, Chromium chromium)
{
    private const int MinutesAllowed = 20;

    [Fact]
    public async Task A_clerk_makes_an_item_in_twenty_minutes_a_second_person_publishes_it_and_a_resident_begins_it()
    {
        var clerk = await SignIn(city, chromium, "police.clerk", "经办人员");
        var hand = new Hand(clerk);
        await clerk.GotoAsync("/desk");
        await clerk.GotoAsync("/approvals/items");
        await hand.Follow("新建事项");
        await hand.Write("name", "身份证加急制作");
        await hand.Press("开始编制");
        await clerk.Arrives("**/approvals/items/*.1");
        var edition = new Uri(clerk.Url).AbsolutePath;

        await hand.Follow("基本信息");
        await hand.Choose("kind", "公共服务");
        await hand.Choose("flow", "承诺件");
        await hand.Write("summary", "急需用证时申请加急制作居民身份证。");
        await hand.Choose("applicants", "个人");
        await hand.Write("words", "加急身份证\n办身份证");
        await hand.Press("保存并继续");
        await hand.Write("bases", "《居民身份证法》第十二条");
        await hand.Write("conditions", "具有本市户口\n已经申请换领或者补领居民身份证");
        await hand.Press("保存并继续");
        await hand.Write("legal", "20");
        await hand.Choose("legal_unit", "工作日");
        await hand.Write("legal_basis", "《优化营商环境条例》第三十六条第二款");
        await hand.Write("promised", "7");
        await hand.Write("review_days", "5");
        await hand.Write("approval_days", "2");
        await hand.Press("保存并继续");
        await hand.Write("result", "居民身份证");
        await hand.Choose("result_kind", "证照");
        await hand.Write("result_years", "20");
        await hand.Choose("居民身份证工本费（换领） 20.00 元/张");
        await hand.Press("保存并继续");
        await hand.Choose("themes", 0);
        await hand.Choose("ways", 0);
        await hand.Choose("ways", 1);
        await hand.Write("place_name", "市政务服务中心");
        await hand.Write("place_address", "黄河路1号一楼公安窗口");
        await hand.Write("place_hours", "工作日 9:00—17:00");
        await hand.Write("place_phone", "0395-3120110");
        await hand.Press("保存");

        await hand.Follow("", "/parts");
        foreach (var (label, choices) in new[] { ("加急的原因", "考试\n出行\n就医"), ("需要用证的日期", ""), ("领取方式", "窗口领取\n邮政寄递") })
        {
            await hand.Follow("增加问题");
            await hand.Write("label", label);
            if (choices.Length > 0)
            {
                await hand.Write("choices", choices);
            }
            else
            {
                await hand.Select("type", "日期");
            }

            await hand.Press("保存");
        }

        foreach (var name in new[] { "加急事由的证明", "近期免冠照片" })
        {
            await hand.Follow("增加材料");
            await hand.Write("name", name);
            await hand.Write("note", "清晰、完整，原件当场退还");
            await hand.Press("保存");
        }

        await clerk.GotoAsync(edition);
        await hand.Follow("预览办事指南和流程");
        await clerk.GotoAsync(edition);
        var faults = await clerk.Locator("main").InnerTextAsync();
        Assert.DoesNotContain("提交前还要改正", faults, StringComparison.Ordinal);
        await hand.Press("提交审核");
        TestContext.Current.SendDiagnosticMessage($"an item takes {hand.Seconds / 60:0.0} minutes: {hand.Told}");
        Assert.InRange(hand.Seconds, 60, MinutesAllowed * 60);

        var head = await SignIn(city, chromium, "police.head", "负责人");
        await head.GotoAsync(edition);
        await Press(head, "公布");
        var resident = await SignIn(city, chromium, "resident1", "个人");
        await resident.GotoAsync("/services?q=" + Uri.EscapeDataString("加急身份证"));
        await resident.GetByRole(AriaRole.Link, new() { Name = "身份证加急制作" }).First.ClickAsync();
        await resident.GetByRole(AriaRole.Link, new() { Name = "先看我要准备什么" }).ClickAsync();
        Assert.Contains("您这件事要准备 2 份材料", await resident.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await Press(resident, "开始办理");
        await resident.Arrives("**/cases/new/*/applicant");
        foreach (var page in new[] { clerk, head, resident })
        {
            await page.Context.CloseAsync();
        }
    }

    /// <summary>The hand of somebody who does it the first time: he reads each page, thinks before each field, types slowly.</summary>
    private sealed class Hand(IPage page)
    {
        private const double ReadsPage = 20;
        private const double ReadsField = 4;
        private const double Thinks = 1.35;
        private const double Points = 1.1;
        private const double Clicks = 0.2;
        private const double ToKeyboard = 0.4;

        // Forty Chinese characters a minute; digits and letters at the pace of a bad typist.
        private const double Character = 1.5;
        private const double Key = 0.5;

        private int _pages;
        private int _fields;
        private int _letters;

        public double Seconds { get; private set; }

        public string Told => $"{_pages} pages, {_fields} fields, {_letters} characters";

        public async Task Follow(string link, string address = "")
        {
            await (address.Length == 0 ? page.GetByRole(AriaRole.Link, new() { Name = link }).First : page.Locator($"main a[href*='{address}']").First).ClickAsync();
            Opens();
        }

        public async Task Press(string button)
        {
            await DemoVisitor.Press(page, button);
            Opens();
        }

        public async Task Write(string field, string words)
        {
            await page.Locator("#" + field).FillAsync(words);
            Fills(words.Sum(letter => letter < 128 ? Key : Character));
            _letters += words.Length;
        }

        /// <summary>The choice with this label.</summary>
        public async Task Choose(string label)
        {
            await page.GetByLabel(label, new() { Exact = true }).First.CheckAsync();
            Fills(0);
        }

        public async Task Choose(string field, string label)
        {
            if (await page.Locator($"select[name='{field}']").CountAsync() > 0)
            {
                await Select(field, label);
                return;
            }

            await page.Locator($"fieldset:has(input[name='{field}'])").GetByLabel(label, new() { Exact = true }).CheckAsync();
            Fills(0);
        }

        public async Task Choose(string field, int at)
        {
            await page.Locator($"input[name='{field}']").Nth(at).CheckAsync();
            Fills(0);
        }

        public async Task Select(string field, string label)
        {
            await page.Locator("#" + field).SelectOptionAsync(new SelectOptionValue { Label = label });
            Fills(Points + Clicks);
        }

        private void Opens()
        {
            _pages++;
            Seconds += Thinks + Points + Clicks + ReadsPage;
        }

        private void Fills(double typing)
        {
            _fields++;
            Seconds += ReadsField + Thinks + Points + Clicks + (typing > 0 ? ToKeyboard : 0) + typing;
        }
    }
}
